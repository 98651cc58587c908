/**
 * The words of French and Spanish that decide where sentences end, in lower case and without the full stop: abbreviations
 * that end none, those that end none before a number, and words that often begin one. A word that ends sentences in English,
 * such as `cap` or `me`, is left out.
 */
export const romanceAbbreviations = {
  before: [
    ...'gén amb préf secr arr dép réf éd coll trad'.split(' '),
    ...'dña gral cnel tte sgto alm ing lic arq profa fdo pdte pdta dptos avda cía hnos excmo excma ilmo ilma'.split(
      ' ',
    ),
    ...'ud uds admón gob prov mun máx mín núms ene abr dic dto arts ej'.split(' '),
  ],
  beforeNumbers: 'par h apdo nº rés'.split(' '),
  firstWords: (
    'nous vous on lui leur cela ceci ceux celles plusieurs certains certaines quelques chaque aucun aucune nul personne rien tout tous toutes ' +
    'depuis pendant durant avant lors lorsque quand si comme sans avec pour par sur sous entre vers chez malgré cependant toutefois ' +
    'pourtant ainsi aussi enfin puis alors hier aujourd’hui demain environ près quelque deux trois quatre cinq six sept dix cent mille ' +
    'nadie nada ninguno ninguna cada varios varias algunos algunas muchos muchas todos todas otro otra otros otras este esta estos estas ese ' +
    'esa esos esas aquel desde durante antes cuando si como sin con para por sobre entre hacia pese mientras también además luego ayer ' +
    'hoy mañana unos cerca casi dos tres cuatro cinco seis siete diez cien mil ellos ella él pero sus su'
  ).split(' '),
} as const
