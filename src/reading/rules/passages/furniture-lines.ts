import { arabicFurniture, arabicFurnitureStarts } from './arabic-furniture.ts'
import { slavicFurniture } from './slavic-furniture.ts'

/** A word of each pattern below that is not tested first: most text holds none and needs no further test. */
export const invitationWords =
  /sign up|subscri|register|newsletter|inbox|mailing|cookie|possible notifications|text selection/i
export const authorWords = / (?:is|covers|writes|reports|by|files) /
export const sentenceWords =
  /^(?:hello|hi|dear|good (?:morning|evening)|sponsored|presented|supported|get \d)|\b(?:grateful|thank|agradec|remerci|(?:report|update|bulletin|brief|briefing|document|publication|product|snapshot|factsheet|newsletter|issue|edition|digest|boletín|informe|documento|reporte|nota|note|rapport)\b|covers? the|cubre|abarca|couvre|attached|attachment|cut-?off|(?:collected|gathered) (?:between|from|through|by|in|on|via|using)|any classified|we (?:will )?cover|that[’']s (?:all|it) for|if you (?:liked|enjoyed)|forward (?:this|it)|you (?:are|’re|'re) (?:receiving|getting)|brought to you|code [A-Z]{4}|continue reading|keep reading|read (?:the )?(?:more|full)|lire la suite|leer más|seguir leyendo|weiterlesen|continua a|continue a|czytaj dalej|devamını)|[([](?:photo|image|picture|video|credit|…|\.\.\.)/i
/** The same for text in other letters. */
export const otherSentenceWords =
  /благодар|дяку|звіт|огляд|бюлет|документ|випуск|отч[её]т|обзор|читати|читать|اقرأ|фото/i

/** Sentences that are about the report, its makers or its readers wherever they stand. */
export const furnitureSentences = [
  /\b(?:grateful|thankful|thanks?) (?:to|for|you|all|our|its|the)\b.{0,200}\b(?:donors?|contributions?|support|supporters|generous|generosity|funding|readers?|partners|reading|subscrib\w+)\b/i,
  /\b(?:agradecen?|agradecemos)\b.{0,200}\b(?:donantes|contribuci\w+|apoyo|lectores)\b/i,
  /\b(?:remercie(?:nt)?|remercions)\b.{0,200}\b(?:donateurs|contributions?|soutien|lecteurs)\b/i,
  /(?:дяку(?:є|ємо|ють)|благодар(?:ит|им|ят)).{0,200}(?:донор|внес|взнос|підтримк|поддержк|читач|читател)/i,
  /^(?:this|the) (?:[\w-]+ ){0,3}(?:report|update|bulletin|brief|briefing|document|publication|product|snapshot|factsheet|newsletter|issue|edition|digest|situation report)\b.{0,40}\b(?:is|was|has been|are|were) (?:\w+ ){0,2}(?:produced|prepared|issued|compiled|published|written|edited|made possible|funded|brought)\b/i,
  /^(?:este|esta) (?:informe|boletín|documento|reporte|publicación|nota)\b.{0,60}\b(?:elaborad|producid|preparad|publicad)[oa]\b/i,
  /^(?:ce|cette) (?:rapport|bulletin|note|document|publication)\b.{0,60}\b(?:produit|élaboré|préparé|publié|rédigé)e?\b/i,
  /^(?:цей|цю) (?:звіт|огляд|бюлетень|документ).{0,60}(?:підготов|опублікован)|^(?:випуск|огляд) підготовлено/i,
  /^(?:этот|данный) (?:отчёт|отчет|обзор|бюллетень|документ).{0,60}(?:подготовлен|составлен|опубликован)/i,
  /^(?:it|this (?:report|update|bulletin|issue)|the (?:report|bulletin)) covers? the (?:period|week|month|reporting)/i,
  /^(?:cubre|abarca) el per[ií]odo|^(?:il|elle) couvre la période/i,
  /^the next (?:report|update|issue|bulletin)\b.{0,60}\b(?:will be|is due)\b/i,
  /^(?:please )?(?:refer to|see|find) (?:the )?attach(?:ed|ment)|^please find attached/i,
  /\b(?:data )?cut-?off for (?:this|the) (?:product|report|assessment)|^we (?:will )?cover (?:subsequent|\w+ in a separate)|\bwe cover\b.{0,80}\bseparate (?:product|report|update)|\b(?:do|does) not receive any classified\b/i,
  /^(?:hello|hi|dear|good (?:morning|evening)),? (?:friends|readers?|subscribers?|all|everyone)\b/i,
  /^(?:thanks|thank you) for (?:reading|subscribing|your support)|^that[’']s (?:all|it) for (?:today|now|this)/i,
  /^if you (?:liked|enjoyed) (?:this|it)\b|^forward (?:this|it) to\b|^you (?:are|’re|'re) (?:receiving|getting) this\b/i,
  /\bbrought to you by\b|^(?:sponsored|presented|supported) by\b|^get \d+ ?% off\b|\bwith (?:the )?code [A-Z]{4,}/i,
  /^[([](?:photo|image|picture|photograph|video|credit|foto|фото)\b[^()[\]]{2,80}[)\]]\.?$/iu,
  /^(?:the )?(?:data|information|responses|answers) (?:was|were|has been|have been) (?:collected|gathered)\b.{0,200}\b(?:interviews?|informants|respondents|questionnaires?|focus groups?)\b/i,
  /^(?:continue reading|read (?:the )?(?:more|full (?:story|article|report|text))|keep reading|lire la suite|leer más|seguir leyendo|weiterlesen|continua a leggere|continue a ler|czytaj dalej|devamını oku|читати далі|читать далее|اقرأ المزيد)[^\p{L}]{0,9}$/iu,
  ...slavicFurniture,
  ...arabicFurniture,
]

/** A sentence that a summary breaks off: it is cut where a whole one stands before it. */
export const halfSentence = /[[(](?:…|\.{3})[\])]\s*$/

/** The footer that blog programs put under an entry of a feed, in the languages that they speak. */
export const footers = [
  /^the post\b.{1,300}\b(?:appeared first on|first appeared on)\b/i,
  /^l['’]article\b.{1,300}\best apparu en premier sur\b/i,
  /^(?:la entrada|el artículo|el cargo)\b.{1,300}\b(?:se publicó primero en|apareció primero en|aparece primero en)\b/i,
  /^der beitrag\b.{1,300}\berschien zuerst auf\b/i,
  /^(?:l['’]articolo|il post)\b.{1,300}\b(?:proviene da|sembra essere il primo su|è apparso per la prima volta su)\b/i,
  /^(?:o post|o artigo|o conteúdo)\b.{1,300}\b(?:apareceu primeiro em|aparece primeiro em)\b/i,
  /^(?:artykuł|wpis)\b.{1,300}(?:pochodzi z serwisu|pojawił się poraz pierwszy|pojawił się po raz pierwszy)/i,
  /^(?:het bericht|artikelen|inlägget|indlægget)\b.{1,300}\b(?:verscheen eerst op|dök först upp på|blev først udgivet på)\b/i,
  /^(?:запис|публікація|допис)\s.{1,300}(?:спершу|вперше|спочатку) (?:з['’]явив|з['’]явила|опублікован)/i,
  /^(?:сообщение|запись|публикация)\s.{1,300}(?:появил\S+ (?:сначала|впервые)|(?:сначала|впервые) появил\S+)/i,
  /(?:yazısı|gönderisi)\b.{1,200}(?:ilk önce|ilk olarak)\b/i,
  /^(?:ظهرت|ظهر) (?:المقالة|المقال|التدوينة|المنشور).{1,300}(?:أولاً|أولا|لأول مرة)/,
]

/** Lines that invite to click, share, subscribe or download; captions, credits and sources. */
export const furnitureStarts = [
  ...arabicFurnitureStarts,
  /^(?:please )?(?:click|tap) ?(?:here|below|on the)/i,
  /^(?:for more (?:information|details) on|to (?:see|view|read|access|download)|view|see|read|download|explore) (?:.{0,120}? )?(?:click|please view|interactive map|full (?:report|article|text|pdf|coverage)|pdf|here ?\.?$)/i,
  /^(?:download|télécharger|descargar|herunterladen|scarica|pobierz|завантажити|скачать|تحميل)\b.{0,60}(?:$|pdf|report|rapport|informe)/iu,
  /^(?:read more|continue reading|learn more|see also|read also|also read|related|more on this|go deeper|read next|up next|next up|reading now|watch also|lire aussi|à lire aussi|voir aussi|lea también|lee también|le puede interesar|lesen sie auch|mehr zum thema|leggi anche|leia também|veja também|czytaj też|czytaj także|ayrıca okuyun|читайте також|дивіться також|читайте также|смотрите также|اقرأ أيضا|اقرأ أيضًا)\s*(?:[:：—–>»→-]\s*.{0,200}|\.{0,3})$/iu,
  /^(?:back to top|print|skip to(?: \w+){0,3}|comments?|attachments?|share|tweet|like this|share this|reading time|\d+ min(?:ute)? read)\s*[:.…]*$/i,
  /^(?:share|tweet|e-?mail) (?:this|us|on|via)\b.{0,120}$/i,
  /^(?:follow|find|join|like) (?:us|our (?:channel|page|group|community|telegram|newsletter))\b.{0,120}$/i,
  /^(?:all rights reserved|©|\(c\) ?\d{4}|copyright\b)/i,
  /^(?:please make sure all|please enable javascript|your browser (?:does not|doesn[’']t))/i,
  /^(?:advertisement|advert|sponsored|loading|search|menu|home|login|log in)\s*:?$/i,
  /^\*?\s*(?:photo|image|picture|credit|photo credit|photograph|file photo|graphic|video|(?:cover|top|lead|header|main) (?:photo|image|picture)|caption|foto|fot\.|фото|відео|видео|fotoğraf|crédit photo|صورة)\s*(?:[:：©/]|by\b|courtesy\b|credit\b).{0,200}$/iu,
  /^\*?\s*(?:sources?|fuente|fonte|quelle|kaynak|źródło|джерело|источник|المصدر)\s?[:：][^:：]{0,100}$/iu,
  /^(?:countr(?:y|ies)|themes?|disasters?|formats?|languages?|tags?|topics?|filed under|categor(?:y|ies)|posted|published|last updated|updated|reading time)\s*:\s*[^.!?]{1,120}$/i,
  /^(?:methodology|methods?|about the data)\s?[:—–]/i,
  /^(?:note|editor[’']s note|disclaimer|methodology|about this report)\s*[:—–]\s*.{0,80}\b(?:data|cut-?off|map|report|product|assessment|article|classified|boundaries|endorsement|update)\b/i,
]

/** Notices of publishers: who answers for the text, who pays, how to cite it, how to stop its mails. */
export const notices = [
  /^the (?:views|opinions)(?: and opinions)? (?:expressed|presented) (?:here|herein|in (?:this|these|our)|by (?:the )?(?:authors?|contributors?|speakers?|guests?)|are|do)\b|^(?:les (?:opinions|points de vue)|las opiniones) (?:exprimé|expresad)/iu,
  /^the (?:boundaries|borders|designations|names|depiction)\b.{0,120}\b(?:shown|used|employed|map|maps)\b.{0,200}\b(?:imply|endorse|acceptance|opinion)/i,
  /^(?:les (?:frontières|appellations)|las (?:fronteras|denominaciones|designaciones))\b.{0,200}\b(?:impliquent|implican)\b/iu,
  /^the (?:contents?|information) (?:of|in) this (?:publication|report|document|website|page|map|newsletter)\b/i,
  /^funding for this\b|^this (?:project|programme|program|publication|article|research|survey|map|initiative|newsletter) (?:is|was|has been) (?:kindly |generously )?(?:co-?)?(?:funded|financed|sponsored) by\b/i,
  /^this (?:article|story|post|piece|essay) (?:(?:was|is|has been) )?(?:originally |first )?(?:published|appeared|republished)\b/i,
  /^(?:some |all )?names (?:and \w+ )?have been changed\b|^all (?:photos|photographs|pictures|images) by\b|^translated (?:from|by) .{1,80}$|^registered (?:charity|company|office)\b/i,
  /^(?:the )?(?:full |complete |raw )?(?:data ?set|report|document|text|results|slides) (?:can|may) be (?:downloaded|found|read|accessed|viewed)\b|^you can (?:read|find|download|listen to|watch) (?:the|this|our|all|more)\b/i,
  /^(?:suggested citation|to cite this|how to cite|please cite|cite as|recommended citation)\b/i,
  /^(?:figures|numbers|percentages|totals)\b.{0,60}\b(?:are rounded|have been rounded|(?:may|do|might) not (?:add|sum)(?: up)? to)\b/i,
  /^[^.!?]{1,40} is a reader-supported publication\b|^to receive new posts\b|^this post is public\b/i,
  /^(?:if you )?(?:no longer (?:wish|want) to receive|(?:do not|don[’']t) (?:wish|want) to receive|would like to unsubscribe)\b|^(?:you can )?unsubscribe\b|^(?:view|open|read) this (?:e-?mail|message|newsletter) in (?:your|a)\b/i,
  /^si vous ne (?:souhaitez|voulez) plus recevoir\b|^si (?:ya )?no (?:desea|quiere) recibir\b|^ver este (?:mensaje|correo)\b|^якщо ви не (?:хочете|бажаєте) (?:більше )?отримувати|^если вы не (?:хотите|желаете) (?:больше )?получать/iu,
  /^(?:abonnez-vous|suscríbase|suscríbete|abonnieren sie|iscriviti|subskrybuj|підпис(?:уйтеся|уйтесь|атися)|подпис(?:ывайтесь|аться))(?![\p{L}])/iu,
]

/** Who wrote a text. Capitals count in these. */
export const biographies = [
  /^(?:reporting|additional reporting|writing|editing) by \p{Lu}|^with files from \p{Lu}/u,
  /^\p{Lu}[\p{L}’'.-]{1,20}(?: \p{Lu}[\p{L}’'.-]{0,20}){1,3} is (?:an?|the) (?:\p{L}{2,20}[ -]){0,3}(?:fellow|analyst|researcher|correspondent|reporter|journalist|editor|writer|columnist|associate)\b(?:[^.!?]{0,120}\b(?:where (?:he|she|they)|who (?:writes|covers|reports|works))\b|[^.,!?]{0,80}\.?$)/u,
  /^\p{Lu}[\p{L}’'.-]{1,20} \p{Lu}[\p{L}’'.-]{1,20} (?:covers|writes about|reports on) [^.!?]{1,60} for (?:the )?\p{Lu}/u,
]

/** Patterns anywhere in a short block. */
export const furnitureAnywhere = [
  /(?:^|[.!?:|]\s|\bplease |\bcan |\band )(?:sign up|subscribe|register) (?:here|now|today|to|for|free)\b.{0,160}$/i,
  /\b(?:sign up|subscribe|register)\b.{0,80}\b(?:newsletter|e-?mails?|mailing|updates|alerts|inbox|channel|account|posts|podcast)\b/i,
  /\b(?:newsletter|inbox|mailing list)\b.{0,80}(?:subscribe|sign up|unsubscribe)|^(?:get|receive)\b.{0,120}\b(?:in your inbox|newsletter|by e-?mail)\b/i,
  /\bcookies?\b.{0,120}\b(?:accept|consent|policy|settings|use|browser|website|site)\b/i,
  /\b(?:this (?:web)?site|we) uses? cookies\b/i,
  /\bof \d+ possible notifications\b|make a text selection to\b/i,
]

/** The credit at the end of a caption. */
export const captionEnd =
  /(?:[.!?)]\s*©\s?[^.©]{2,80}|[.)]\s*(?:photo|image|picture|credit|foto|фото)\s?[:：©]\s?[^.]{2,80}|\/\s?(?:afp|ap|reuters|getty|epa|handout)\b[^.]{0,40}|via (?:getty|reuters|ap)\b[^.]{0,30})\.?\s*$/i
