// The launcher imports this into the program. It ends the program politely when the launcher is gone, also after SIGKILL:
// nobody could stop it any more. The launcher holds the other end of the channel.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref() // the channel alone keeps no command running
