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
    'points messages faits conclusions constats developpements evolutions evenements informations enseignements elements resultats tendances nouvelles idees infos actualites observations changements',
    'cles cle saillants saillantes principaux principales principal essentiels essentielles marquants marquantes importants importantes majeurs majeures forts forces marquante marquantes notables centraux centrales grandes',
    'à retenir, points à retenir, choses à retenir, éléments à retenir, infos à retenir, idées à retenir, l’essentiel, l’essentiel en bref, faits saillants, temps forts, grandes lignes, points d’attention, conclusions du rapport, conclusions de l’étude, conclusions des auteurs, conclusions de la note, conclusions de la mission',
    'résumé analytique, résumé exécutif, en bref, résumé, en résumé, synthèse, en synthèse, aperçu, aperçu de la situation, situation, en un coup d’œil, ce qu’il faut savoir, ce qu’il faut retenir, en clair, le point, conclusions, nos conclusions, à la une, ce que l’on sait, ce qu’on sait, ce que nous savons, ce qui a changé, ce qui compte, l’actu en bref, la semaine en bref, le mois en bref, la situation en bref, l’actualité en bref, en quelques mots, en deux mots, en substance',
  ),
  of(
    'puntos mensajes hechos conclusiones hallazgos aspectos acontecimientos novedades avances datos ideas noticias eventos resultados sucesos observaciones tendencias mensajes cambios lecciones',
    'clave claves destacados destacadas principales importantes relevantes esenciales centrales salientes sobresalientes fuerza notables',
    'destacados, lo más destacado, lo más importante, lo más relevante, lo más notable, lo principal, claves, ideas clave, puntos más destacados, aspectos más destacados, hechos más destacados, puntos a destacar, aspectos a destacar, a destacar, puntos para recordar, para recordar, conclusiones del informe, conclusiones del estudio, conclusiones de los autores, conclusiones de la misión',
    'resumen ejecutivo, en breve, en resumen, resumen, síntesis, situación, panorama, de un vistazo, lo esencial, lo que hay que saber, lo que debe saber, claves de la semana, titulares, conclusiones, lo que sabemos, qué sabemos, lo que se sabe, qué se sabe, qué hay que saber, novedades, en síntesis, en pocas palabras, en dos palabras, en titulares, la semana en breve, la semana en síntesis, qué cambió, qué ha cambiado',
  ),
  of(
    'висновки тези моменти повідомлення події факти новини пункти підсумки тенденції акценти меседжі спостереження думки оцінки зміни сигнали результати заяви теми уроки тренди відомості висновків тез моментів подій фактів новин пунктів тенденцій змін',
    'ключові головні основні найважливіші найголовніші важливі центральні суттєві вагомі визначальні помітні короткі стислі ключових головних основних найважливіших',
    'головне, основне, ключове, найголовніше, найважливіше, найсуттєвіше, найістотніше, важливе, коротко, стисло, якщо коротко, якщо стисло, коротко про головне, стисло про головне, коротко про важливе, про головне, головне коротко, головне стисло, найважливіше коротко, найважливіше стисло, найважливіше з, тиждень стисло, тиждень коротко, доба стисло, день стисло, місяць стисло, місяць коротко, кількома словами, кількома реченнями, у кількох словах, у двох словах, двома словами, тези випуску, тези огляду, підсумки дня, підсумки доби, підсумки тижня, підсумки місяця, стислий виклад, короткий виклад, короткий зміст, стислий зміст, аналітичне резюме, виконавче резюме, коротке резюме, стисле резюме, що треба знати, що потрібно знати, що варто знати, що варто запам’ятати, висновки авторів, висновки звіту, висновки доповіді, висновки дослідження, висновки аналітиків, висновки експертів, тези доповіді, тези звіту',
    'висновки, тези, тезово, підсумки, підсумок, у підсумку, у фокусі, суть, резюме, короткий огляд, стислий огляд, огляд, ситуація, обстановка, одним поглядом, з одного погляду, що відомо, що сталося, що нового, що важливо, варто знати',
  ),
  of(
    'выводы тезисы события моменты новости пункты итоги факты сообщения тенденции положения акценты наблюдения мысли оценки перемены изменения сигналы результаты заявления темы уроки тренды сведения послания выводов тезисов событий моментов новостей пунктов фактов тенденций изменений',
    'ключевые главные основные важнейшие важные центральные существенные значимые весомые заметные краткие ключевых главных основных важнейших важных',
    'главное, основное, ключевое, важнейшее, важное, существенное, самое главное, самое важное, самое существенное, коротко, кратко, вкратце, если коротко, если кратко, коротко о главном, кратко о главном, вкратце о главном, коротко о важном, о главном, главное коротко, главное кратко, главное вкратце, самое важное коротко, неделя коротко, неделя вкратце, неделя кратко, сутки коротко, день коротко, месяц коротко, месяц вкратце, в нескольких словах, несколькими словами, в двух словах, тезисы выпуска, тезисы обзора, итоги дня, итоги суток, итоги недели, итоги месяца, аналитическое резюме, краткое резюме, исполнительное резюме, краткое изложение, краткое содержание, что нужно знать, что надо знать, что важно знать, что стоит запомнить, выводы авторов, выводы доклада, выводы отчета, выводы исследования, выводы аналитиков, выводы экспертов, тезисы доклада, тезисы отчета',
    'выводы, тезисы, тезисно, итоги, итог, в итоге, в фокусе, суть, по существу, резюме, краткий обзор, обзор, сводка, ситуация, обстановка, одним взглядом, с первого взгляда, картина дня, картина недели, что известно, что произошло, что случилось, что нового, что важно',
  ),
  of(
    'نقاط رسائل نتائج تطورات استنتاجات احداث معلومات حقائق محاور مستجدات خلاصات وقائع اخبار عناوين ملامح ارقام تحولات مؤشرات مخرجات انباء',
    'رئيسية ابرز اهم اساسية رئيسة جوهرية بارزة مهمة هامة محورية',
    'أبرز ما جاء, أهم ما جاء, أبرز ما ورد, أهم ما ورد, أبرز ما حدث, أهم ما حدث, أبرز ما جرى, أهم ما جرى, أبرز ما حصل, أهم ما حصل, أبرز ما تضمنه, رؤوس أقلام, الأبرز, الأهم, خلاصات, استنتاجات الباحثين, استنتاجات التقرير, زبدة التقرير, زبدة الورقة, زبدة القول, زبدة الكلام, زبدة الأسبوع, زبدة العدد',
    'نقاط سريعة, في نقاط, باختصار, بإيجاز, في سطور, ملخص, الملخص التنفيذي, ملخص تنفيذي, خلاصة, موجز, لمحة عامة, لمحة سريعة, الوضع, الوضع الراهن, ما يجب معرفته, ما ينبغي معرفته, ما تحتاج إلى معرفته, ماذا نعرف, ما نعرفه, ما نعرفه حتى الآن, ملخص الوضع, ملخص الأسبوع, ملخص الأحداث, ملخص اليوم, نظرة عامة, نظرة سريعة, لمحة, في عجالة, حصاد الأسبوع, حصاد اليوم, أحداث الأسبوع, عناوين الأسبوع',
  ),
  of(
    'punkte botschaften erkenntnisse ergebnisse entwicklungen aussagen ereignisse fakten meldungen nachrichten schlussfolgerungen themen',
    'wichtigste wichtigsten zentrale zentralen wesentliche wesentlichen',
    'das wichtigste, kernpunkte, kernaussagen, kernbotschaften, hauptpunkte, hauptaussagen, eckpunkte, schlüsselerkenntnisse, schlüsselbotschaften, kernergebnisse, höhepunkte',
    'auf einen blick, in kürze, kurz gefasst, kurz und knapp, zusammenfassung, überblick, lage, die lage, lagebild, was man wissen muss, was sie wissen müssen, was wir wissen, fazit',
  ),
  of(
    'conclusoes pontos mensagens desenvolvimentos acontecimentos resultados fatos factos constatacoes noticias destaques',
    'principais chave chaves essenciais importantes relevantes',
    'destaques, o mais importante, o principal, pontos altos',
    'sumário executivo, em resumo, em síntese, em breve, em destaque, resumo, síntese, situação, panorama, o que sabemos, o que precisa saber, o essencial',
  ),
  of(
    'punti messaggi conclusioni risultati sviluppi fatti eventi novita elementi notizie',
    'chiave principali salienti essenziali importanti',
    'in evidenza, i punti salienti, i punti principali, le novità principali, da ricordare',
    'in breve, in sintesi, sintesi, riassunto, situazione, la situazione, in pillole, cosa sapere, cosa sappiamo, panoramica',
  ),
  of(
    'informacje wnioski wydarzenia punkty ustalenia fakty tezy wiadomosci przesłania',
    'najwazniejsze kluczowe głowne podstawowe istotne',
    'najważniejsze, co najważniejsze, najważniejsze w skrócie',
    'w skrócie, w pigułce, podsumowanie, streszczenie, przegląd, sytuacja, co wiemy, co trzeba wiedzieć, krótko',
  ),
  of(
    'noktalar bulgular gelismeler mesajlar sonuclar basliklar bilgiler olaylar cikarimlar',
    'onemli temel ana kilit baslıca one cıkan baslica onde gelen',
    'öne çıkanlar, öne çıkan başlıklar',
    'özet, özetle, kısaca, bir bakışta, durum, genel durum, genel bakış, bilmeniz gerekenler, neler oldu',
  ),
]
