import { romanceSpeaker, type SpeechPatterns } from './romance-speaker.ts'

/** The speaker that a Spanish sentence names: `según ACNUR`, `dijo la portavoz`, `el alcalde anunció que`. */
export function spanishSpeaker(sentence: string): string | null {
  return mayBeSpanish.test(sentence) ? romanceSpeaker(sentence, spanish) : null
}

const mayBeSpanish = /[¿¡ñáéíóú]|(?<!\p{L})(?:el|la|los|las|del|que|una?|con|en|por)(?!\p{L})/iu

const days = 'lunes|martes|miércoles|jueves|viernes|sábado|domingo'
const past =
  'dijo|dijeron|declaró|declararon|anunció|anunciaron|informó|informaron|indicó|indicaron|afirmó|afirmaron|aseguró|aseguraron|explicó|' +
  'precisó|señaló|señalaron|subrayó|advirtió|advirtieron|confirmó|confirmaron|estimó|calculó|añadió|agregó|recordó|reconoció|reveló|' +
  'sostuvo|insistió|manifestó|expresó|contó|relató|admitió|alertó|alertaron|reiteró|aclaró|detalló|comentó|escribió|concluyó|denunció'
const present =
  'dice|dicen|declara|anuncia|informa|informan|indica|indican|afirma|afirman|asegura|aseguran|explica|precisa|señala|señalan|subraya|' +
  'advierte|advierten|confirma|confirman|estima|calcula|calculan|añade|agrega|recuerda|reconoce|revela|sostiene|sostienen|insiste|' +
  'admite|alerta|alertan|reitera|aclara|detalla|comenta|escribe|concluye'
const spoken =
  'lamenta|lamentó|cuenta|cuentan|relata|prometió|promete|respondió|responde|acusa|vaticina|resume|resumió|denuncia|zanjó|ironiza|opina|opinó|pidió'
const perfect =
  'ha(?:n|bía|bían)? (?:dicho|declarado|anunciado|informado|indicado|afirmado|asegurado|explicado|precisado|señalado|advertido|confirmado|recordado|denunciado|alertado|asegurado|añadido|reconocido)'
const said = `${past}|${present}|${perfect}`
/** Verbs whose object or infinitive tells the claim: `denunció un ataque`, `asegura haber recuperado`. */
const told =
  '(?:denunci|acus|conden|deplor|reivindic)(?:a|an|ó|aron)|desmi(?:ente|enten|ntió|ntieron)|' +
  '(?:estim|calcul|cifr)(?:a|an|ó|aron) (?:en|el|la|los|las)|(?:asegur|afirm|neg|nieg)(?:a|an|ó|aron) (?:haber|ser|estar)|dice haber|dijo haber|(?:promet|amenaz)(?:e|en|a|an|ió|ó|ieron|aron) con'

const spanish: SpeechPatterns = {
  source: new RegExp(
    '(?:^|[\\s(])(?:[Ss]egún(?: (?:informó|informaron|indicó|indicaron|dijo|dijeron|declaró|afirmó|explicó|señaló|confirmó|anunció|dice|informa|han? informado|precisó))?|' +
      '[Dd]e acuerdo (?:con|a)|(?:[Aa] (?:juicio|decir)|[Ee]n (?:palabras|opinión))(?: de(?= )|(?= del ))|(?:[Tt]al )?[Cc]omo (?:recordó|dijo|explicó|señaló|indicó|advirtió|anunció)|[Cc]onforme a) ' +
      '([^,;:()«»“”"]{2,110})',
  ),
  behind: new RegExp(
    `[,»”"!?] (?:(?:así )?(?:lo )?(?:${said}|${spoken}))(?: (?:el |este )?(?:${days}|ayer|hoy))? ([^,;:()«»“”"]{2,110})`,
  ),
  before: new RegExp(
    `^([^;:()«»“”"]{2,160}?) (?:(?:${said})(?: \\p{Ll}+mente| (?:el |este )?(?:${days.replaceAll('|', '|(?:el |este )?')}))? ?(?:de que(?!\\p{L})|que(?!\\p{L})|:|«)|(?<!, )(?:${told})(?!\\p{L}))`,
    'u',
  ),
  opening:
    /^(?:Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo|En|Al|El \d|El (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|Desde|Después|Tras|Antes|Sobre|Para|Por|Según|Ayer|Hoy|Pero|Y|Si|Cuando|Como|Citando|De|Con|A)(?!\p{L})/u,
  cuts: /,| (?:en|durante|el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|ayer|hoy|que|quien|cuyo|a la|al|sobre|desde|tras|ante|este|esta|el \d)(?!\p{L})/u,
  paper:
    /^(?:(?:un|el|su) (?:último |nuevo )?(?:informe|balance|comunicado|recuento|boletín|reporte)|(?:los |las )?(?:últimos |últimas )?(?:datos|cifras|estimaciones|informaciones)|una (?:nota|encuesta|investigación))(?: \p{Ll}+)? (?:publicad[oa]s? por |de (?=la |las |los |\p{Lu})|(?=del ))/u,
  not: /^(?:él|ella|ellas|ellos|mí|nosotros|usted|eso|esto|ello|lo|se|su|sus|quien|quienes|cual|me|le|les|nos)(?!\p{L})|(?<!\p{L})(?:plan|previsiones|previsión|ley|calendario|criterios?|necesidades|términos|normas|edad|temporada|balance|encuestas?|sondeos?|no)(?!\p{L})/iu,
  finite: /(?:^|\s)(?:es|son|era|eran|fue|fueron|está|están|ha|han|había|será|que|y que|hay)(?:\s|$)/,
  speakers:
    /(?:^|\s)(?:ministerios?|ministr[oa]|gobierno|ejército|alcald(?:e|esa)|alcaldía|ayuntamiento|prefect[oa]|prefectura|autoridad(?:es)?|policía|gobernador(?:a|es)?|gobernación|portavo(?:z|ces)|vocer[oa]s?|responsables?|organizaci(?:ón|ones)|agencias?|president[ea]|presidencia|director(?:a|es)?|jef[ea]|general|coronel|comandante|capitán|coordinador(?:a|es)?|habitantes?|vecin[oa]s?|testigos?|expert[oa]s?|analistas?|médic[oa]s?|enfermer[oa]s?|sociedad|compañía|empresa|operador(?:a)?|prensa|medios|diario|periódico|cadena|observatorio|comisión|consejo|comité|fiscalía|fiscal|secretari[oa]|canciller|cancillería|rey|papa|obispo|socorristas|bomberos|diplomátic[oa]s?|investigadores|informe|oficina|misión|estado mayor|diputad[oa]s?|senador(?:a|es)?|abogad[oa]s?|defensor(?:ía|a)?|fuentes|refugiad[oa]s?|supervivientes?|sobrevivientes?|negociador(?:a|es)?|rebeldes|junta|sindicato|líder(?:es)?|ONG|ONU)(?:\s|$)/iu,
  article: /^(?:el|la|los|las|del|un|una|unos|unas|al) (?=\p{L})/iu,
}
