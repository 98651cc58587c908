# The program and nothing that it needs only in development: PostgreSQL, Redis and the mail server are other containers.
FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are a PostgreSQL and a Node for machines that have none; this image has its own Node.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY bin ./bin
COPY jobs ./jobs
COPY samples ./samples
COPY src ./src
COPY templates ./templates
USER node
EXPOSE 3000
# The web server's own word; a worker has no port, and docker-compose.yml asks the database for its heartbeat instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A small nursery: a worker that has sent a million mails is as small as one that has sent ten thousand.
ENTRYPOINT ["node", "--max-semi-space-size=4", "bin/sitrep.js"]
CMD ["web"]
