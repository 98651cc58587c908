/**
 * The words that headings of lists are made of, in one language, without case and accents. A `noun` beside a
 * `qualifier`, or one of the `names`, is the name of a list of takeaways wherever it stands. An `opener` is one only
 * near the head of a report, with items right below it.
 */
export type ListWords = { nouns: string[]; qualifiers: string[]; names: string[]; openers: string[] }

const of = (nouns: string, qualifiers: string, names: string, openers: string): ListWords => ({
  nouns: nouns.split(' '),
  qualifiers: qualifiers.split(' '),
  names: names.split(', '),
  openers: openers.split(', '),
})

/** A noun that makes the name of a list with any one to three words before it: `Security developments`. */
export const openNouns =
  'takeaways highlights points messages findings developments updates facts conclusions events headlines insights judgments judgements'.split(
    ' ',
  )

export const listWords: ListWords[] = [
  of(
    'takeaway takeaways point points message messages finding findings development developments judgment judgments judgement judgements insight insights highlight highlights fact facts event events update updates conclusion conclusions lesson lessons observation observations trend trends concern concerns issue issues change changes learnings news',
    'key main top major principal important headline core central essential critical notable significant overall overarching summary',
    'takeaways, highlights, toplines, topline, top line, top lines, bottom line up front, key results, things to take away, what to take away, things to remember, what to remember',
    'executive summary, summary, in summary, in brief, in short, at a glance, overview, situation overview, situation, the situation, situation update, situation summary, current situation, snapshot, headlines, bluf, bottom line, the bottom line, quick take, quick takes, tl dr, tldr, what we know, what to know, things to know, what you need to know, what you should know, need to know, what happened, why this matters, why it matters, the latest, the takeaway, news in brief, week in brief, things we learned, what we learned, in a nutshell, the short version, the gist, the essentials, quick summary, what matters, what matters most, what stands out, what changed, where things stand',
  ),
  of(
    'points messages faits conclusions constats developpements evolutions evenements informations enseignements elements resultats tendances nouvelles',
    'cles cle saillants saillantes principaux principales principal essentiels essentielles marquants marquantes importants importantes majeurs majeures forts',
    'à retenir, l’essentiel, faits saillants',
    'résumé analytique, résumé exécutif, en bref, résumé, en résumé, synthèse, en synthèse, aperçu, aperçu de la situation, situation, en un coup d’œil, ce qu’il faut savoir, ce qu’il faut retenir, en clair, le point, conclusions, à la une',
  ),
  of(
    'puntos mensajes hechos conclusiones hallazgos aspectos acontecimientos novedades avances datos ideas noticias eventos resultados',
    'clave claves destacados destacadas principales importantes relevantes esenciales',
    'destacados, lo más destacado, lo más importante, claves',
    'resumen ejecutivo, en breve, en resumen, resumen, síntesis, situación, panorama, de un vistazo, lo esencial, lo que hay que saber, lo que debe saber, claves de la semana, titulares, conclusiones',
  ),
  of(
    'висновки тези моменти повідомлення події факти новини пункти підсумки тенденції',
    'ключові головні основні найважливіші важливі',
    'головне, основне, ключове, найголовніше, найважливіше, коротко, стисло, коротко про головне, стисло про головне',
    'висновки, тези, підсумки, підсумок, у фокусі, резюме, огляд, ситуація, що відомо, що треба знати, що варто знати',
  ),
  of(
    'выводы тезисы события моменты новости пункты итоги факты сообщения тенденции положения',
    'ключевые главные основные важнейшие важные',
    'главное, основное, ключевое, самое главное, самое важное, коротко, кратко, вкратце, коротко о главном, кратко о главном',
    'выводы, тезисы, тезисно, в двух словах, итоги, итог, резюме, обзор, сводка, ситуация, обстановка, что известно, что нужно знать, что важно знать',
  ),
  of(
    'نقاط رسائل نتائج تطورات استنتاجات احداث معلومات حقائق محاور مستجدات خلاصات وقائع اخبار عناوين',
    'رئيسية ابرز اهم اساسية رئيسة',
    'أبرز ما جاء, أهم ما جاء, أبرز ما ورد, أهم ما ورد',
    'نقاط سريعة, في نقاط, باختصار, بإيجاز, في سطور, ملخص, الملخص التنفيذي, ملخص تنفيذي, خلاصة, موجز, لمحة عامة, لمحة سريعة, الوضع, الوضع الراهن, ما يجب معرفته',
  ),
  of(
    'punkte botschaften erkenntnisse ergebnisse entwicklungen aussagen ereignisse fakten meldungen nachrichten schlussfolgerungen themen',
    'wichtigste wichtigsten zentrale zentralen wesentliche wesentlichen',
    'das wichtigste, kernpunkte, kernaussagen, kernbotschaften, hauptpunkte, hauptaussagen, eckpunkte, schlüsselerkenntnisse, höhepunkte',
    'auf einen blick, in kürze, kurz gefasst, kurz und knapp, zusammenfassung, überblick, lage, die lage, lagebild, was man wissen muss, was sie wissen müssen, was wir wissen, fazit',
  ),
  of(
    'conclusoes pontos mensagens desenvolvimentos acontecimentos resultados fatos factos constatacoes noticias destaques',
    'principais chave chaves essenciais importantes relevantes',
    'destaques, o mais importante',
    'sumário executivo, em resumo, em síntese, em breve, em destaque, resumo, síntese, situação, panorama, o que sabemos, o que precisa saber, o essencial',
  ),
  of(
    'punti messaggi conclusioni risultati sviluppi fatti eventi novita elementi notizie',
    'chiave principali salienti essenziali importanti',
    'in evidenza, i punti salienti',
    'in breve, in sintesi, sintesi, riassunto, situazione, la situazione, in pillole, cosa sapere, cosa sappiamo, panoramica',
  ),
  of(
    'informacje wnioski wydarzenia punkty ustalenia fakty tezy wiadomosci przeslania',
    'najwazniejsze kluczowe glowne podstawowe',
    'najważniejsze',
    'w skrócie, w pigułce, podsumowanie, streszczenie, przegląd, sytuacja, co wiemy, co trzeba wiedzieć, krótko',
  ),
  of(
    'noktalar bulgular gelismeler mesajlar sonuclar basliklar bilgiler olaylar cikarimlar',
    'onemli temel ana kilit baslıca one cıkan',
    'öne çıkanlar, öne çıkan başlıklar',
    'özet, özetle, kısaca, bir bakışta, durum, genel durum, genel bakış, bilmeniz gerekenler, neler oldu',
  ),
]
