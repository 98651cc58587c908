/**
 * Lines of a page in French and Spanish that are no part of its report: invitations to subscribe, share, follow, give and
 * download; greetings and farewells; dates of publication, credits and notices.
 */
export const romanceFurniture = [
  // Subscribe and unsubscribe.
  /^(?:abonnez-vous|inscrivez-vous|s[’']abonner|s[’']inscrire|je m[’']abonne|désabonnez-vous|se (?:désinscrire|désabonner))(?!\p{L}).{0,120}$/u,
  /^(?:suscr[ií]b(?:ete|ase)|reg[ií]str(?:ate|ese)|suscribirse|apúnt(?:ate|ese)|darse de baja|date de baja|dese de baja)(?!\p{L}).{0,120}$/u,
  /^pour (?:vous désinscrire|vous désabonner|ne plus recevoir|recevoir (?:cette|notre|nos))(?!\p{L}).{0,160}$/u,
  /^para (?:darse de baja|cancelar (?:su|la|tu) suscripción|dejar de recibir|recibir (?:este|nuestro|nuestros))(?!\p{L}).{0,160}$/u,
  /^vous (?:recevez|avez reçu) (?:ce|cet|cette) (?:message|mail|e-?mail|courriel|lettre|newsletter)(?!\p{L}).{0,200}$/u,
  /^(?:recibe|recibes|recibió|has recibido|está recibiendo) (?:este|esta) (?:mensaje|correo|boletín|carta)(?!\p{L}).{0,200}$/u,
  /^(?:recevez|retrouvez) (?:chaque|tous les|toutes les|gratuitement).{0,120}(?:boîte (?:mail|de réception|aux lettres)|courriel|e-?mail|newsletter).{0,20}$/u,
  /^(?:reciba|recibe) (?:cada|todos los|todas las|gratis).{0,120}(?:correo|bandeja|e-?mail|newsletter|boletín).{0,20}$/u,
  // Share, follow, give, talk.
  /^(?:partage[zr]?|transfére[zr]|envoye[zr]) (?:cet?|cette|à un|sur|par)(?!\p{L}).{0,120}$/u,
  /^(?:compart[aei]r?|reenv[ií][ae]|envíe?) (?:este|esta|en|por|con)(?!\p{L}).{0,120}$/u,
  /^(?:suivez|retrouvez|rejoignez|soutenez|contactez)(?:-nous| notre| nos)(?!\p{L}).{0,160}$/u,
  /^(?:síg[au](?:n)?e?nos|s[ií]guenos|ún[ae]te|únase|búscanos|encuéntrenos|contáct[ae]nos|escríb[ae]nos|apóy[ae]nos)(?!\p{L}).{0,160}$/u,
  /^(?:apoy[ae]|ayud[ae] a) (?:nuestro|nuestra|el periodismo|este medio).{0,120}$/u,
  /^(?:faites un don|faire un don|je fais un don|haz una donación|haga una donación|done aquí|dona)(?!\p{L}).{0,120}$/u,
  /^(?:laisse[zr] un commentaire|votre commentaire|réagir|deja un comentario|dej[ae] (?:su|tu) comentario)(?!\p{L}).{0,60}$/u,
  // Click, read on, download.
  /^(?:clique[zr] (?:ici|sur)|haz clic|haga clic|pulse aquí|pincha aquí|pinche aquí)(?!\p{L}).{0,160}$/u,
  /^(?:lire|voir|écouter|consulter|télécharger|regarder) (?:l[’'](?:article|intégralité|original|épisode)|le (?:rapport|texte|communiqué|document|podcast)|la (?:suite|vidéo|version|note)|plus|en ligne)(?!\p{L}).{0,80}$/u,
  /^(?:leer|ver|escuchar|consultar|descargar|mirar) (?:(?:el|la|en|más) ?(?:artículo|informe|texto|comunicado|documento|podcast|vídeo|video|versión|nota|línea)?)(?:completo|completa|original|aquí|íntegro| )*[.…»→]?$/u,
  /^pour (?:plus|davantage) d[’'](?:informations?|infos|détails)(?!\p{L}).{0,160}$/u,
  /^para (?:más|mayor) (?:información|informaciones|detalles)(?!\p{L}).{0,160}$/u,
  /^(?:te|le) puede interesar(?!\p{L}).{0,160}$/u,
  /^(?:la rédaction vous (?:conseille|recommande)|à découvrir|à ne pas manquer|no te lo pierdas|recomendad[oa]s?)[^\p{L}]{0,3}$/u,
  // Greetings and farewells.
  /^(?:bonjour|bonsoir|chers?|chères?) (?:à (?:tous|toutes)|lect(?:eurs|rices)|abonné|ami|toutes et tous|collègues).{0,40}$/u,
  /^(?:hola a|buenos días|buenas tardes|estimad[oa]s?|querid[oa]s?) ?(?:a )?(?:tod[oa]s|lector|suscriptor|amig[oa]s|colegas).{0,40}$/u,
  /^(?:merci (?:de|pour) (?:votre|vos|ta|nous|avoir)|bonne (?:lecture|semaine|journée|fin de semaine)|à (?:demain|bientôt|la semaine prochaine|lundi))(?!\p{L})[^.,!?]{0,60}[.!?… ]{0,3}$/u,
  /^¡?(?:gracias por (?:leer|su|tu|acompañar|suscri)\p{L}*|buena lectura|feliz (?:semana|día|domingo|lunes)|hasta (?:mañana|pronto|la próxima|el lunes))(?!\p{L})[^.,!?]{0,60}[.!?… ]{0,3}$/u,
  // Dates, credits, notices.
  /^(?:publié|mis à jour|modifié|mise à jour|paru) (?:le|hier|aujourd[’']hui|il y a)(?!\p{L})(?:[^,.!?]|, ?(?=\d)){0,60}$/u,
  /^(?:publicad[oa]|actualizad[oa]|modificad[oa]|última actualización):? (?:el|ayer|hoy|hace|\d)(?!\p{L})(?:[^,!?]|, ?(?=\d)){0,60}$/u,
  /^(?:temps de lecture|tiempo de lectura|lecture|lectura)\s?: ?\d.{0,30}$/u,
  /^(?:tous droits réservés|(?:todos los )?derechos reservados|reproduction interdite|prohibida (?:su|la) reproducción)(?!\p{L}).{0,120}$/u,
  /^(?:publicité|publicidad|annonce|anuncio|contenu sponsorisé|contenido patrocinado|imprimer|imprimir|partager|compartir|retour en haut|volver arriba|menu|menú|accueil|inicio|rechercher|buscar|se connecter|iniciar sesión|s[’']identifier)[^\p{L}]{0,3}$/u,
  /^(?:avec|source) (?:l[’'])?(?:afp|reuters|ap|rfi)[^\p{L}]{0,3}$/u,
  /^con información de .{2,40}$/u,
  /^(?:ce|notre) site (?:web )?(?:utilise|emploie) des cookies.{0,200}$/u,
  /^(?:este|nuestro) sitio (?:web )?(?:utiliza|usa|emplea) cookies.{0,200}$/u,
  /^(?:(?:cet|cette|ce|une version de cet) (?:article|texte|tribune|billet)) (?:a|est) (?:été )?(?:d[’']abord )?(?:publiée?|parue?|initialement)(?!\p{L}).{0,160}$/u,
  /^(?:est[ea]|una versión de este) (?:artículo|texto|nota|columna) (?:fue publicad[oa]|ha sido publicad[oa]|se publicó|apareció)(?!\p{L}).{0,160}$/u,
]
