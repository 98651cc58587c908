import { romanceNames } from './romance-names.ts'
import { slavicNames } from './slavic-names.ts'

/**
 * English adjectives and names of peoples by country, each with a plural in `s`. An underscore is a space. These say of
 * whom a text tells, not where something happened.
 */
const nationalities = `
AF Afghan AL Albanian DZ Algerian AD Andorran AO Angolan AR Argentine Argentinian AM Armenian AU Australian Aussie AT Austrian AZ Azerbaijani Azeri
BS Bahamian BH Bahraini BD Bangladeshi BB Barbadian BY Belarusian Belarussian BE Belgian BZ Belizean BJ Beninese BT Bhutanese BO Bolivian BA Bosnian BW Botswanan
BR Brazilian BN Bruneian BG Bulgarian BF Burkinabe BI Burundian KH Cambodian CM Cameroonian CA Canadian CV Cape_Verdean CF Central_African TD Chadian CL Chilean
CN Chinese CO Colombian KM Comorian CD Congolese CR Costa_Rican HR Croatian Croat CU Cuban CY Cypriot CZ Czech DK Danish Dane DJ Djiboutian DO Dominican
EC Ecuadorian Ecuadorean EG Egyptian SV Salvadoran Salvadorean GQ Equatorial_Guinean ER Eritrean EE Estonian SZ Swazi ET Ethiopian FJ Fijian FI Finnish Finn FR French Frenchman Frenchwoman
GA Gabonese GM Gambian GE Georgian DE German GH Ghanaian GR Greek GD Grenadian GT Guatemalan GN Guinean GY Guyanese HT Haitian HN Honduran HK Hongkonger HU Hungarian
IS Icelandic Icelander IN Indian ID Indonesian IR Iranian IQ Iraqi IE Irish Irishman IL Israeli IT Italian CI Ivorian JM Jamaican JP Japanese JO Jordanian KZ Kazakh Kazakhstani
KE Kenyan XK Kosovar Kosovan KW Kuwaiti KG Kyrgyz LA Laotian LV Latvian LB Lebanese LS Basotho LR Liberian LY Libyan LT Lithuanian LU Luxembourgish
MG Malagasy MW Malawian MY Malaysian MV Maldivian ML Malian MT Maltese MR Mauritanian MU Mauritian MX Mexican MD Moldovan MC Monegasque MN Mongolian ME Montenegrin MA Moroccan MZ Mozambican Mozambiquan
MM Burmese NA Namibian NP Nepalese Nepali NL Dutch Dutchman NZ New_Zealander NI Nicaraguan NE Nigerien NG Nigerian KP North_Korean MK Macedonian NO Norwegian OM Omani PK Pakistani PS Palestinian PA Panamanian
PG Papua_New_Guinean PY Paraguayan PE Peruvian PH Filipino Philippine Filipina PL Polish Pole PT Portuguese PR Puerto_Rican QA Qatari RO Romanian RU Russian RW Rwandan SA Saudi Saudi_Arabian SN Senegalese RS Serbian Serb
SC Seychellois SL Sierra_Leonean SG Singaporean SK Slovak Slovakian SI Slovenian Slovene SB Solomon_Islander SO Somali Somalian ZA South_African KR South_Korean SS South_Sudanese ES Spanish Spaniard LK Sri_Lankan SD Sudanese SR Surinamese
SE Swedish Swede CH Swiss SY Syrian TW Taiwanese TJ Tajik TZ Tanzanian TH Thai TL Timorese East_Timorese TG Togolese TT Trinidadian TN Tunisian TR Turkish Turk TM Turkmen UG Ugandan UA Ukrainian AE Emirati GB British Briton UY Uruguayan
UZ Uzbek VU Vanuatuan VE Venezuelan VN Vietnamese EH Sahrawi YE Yemeni ZM Zambian ZW Zimbabwean US American GL Greenlandic Greenlander
GB-SCT Scottish Scot Scotsman GB-WLS Welsh Welshman RU-CE Chechen PS-GZZ Gazan UA-43 Crimean`

/** French and Spanish adjectives, which begin with a small letter; French and Spanish endings of gender and number follow. */
const lowerCase = `
AF afghan afgan DZ algérien argelin US américain estadounidens norteamerican BY biélorusse bielorrus CN chinois chin CD congolais CU cubain FR français frances DE allemand aleman EG égyptien egipci
ES espagnol español ET éthiopien etíop GB britannique británic HT haïtien haitian IN indien IR iranien iraní IQ irakien iraquí IL israélien israelí IT italien italian JP japonais japones JO jordanien jordan LB libanais libanes
LY libyen libi ML malien malien MX mexicain mexican MM birman NG nigérian NE nigérien nigerin PK pakistanais pakistaní PS palestinien palestin PL polonais polac RU russe rus SA saoudien saudí SS sud-soudanais sursudanes SD soudanais sudanes
SY syrien siri SO somalien somalí TN tunisien tunecin TR turc turque turc UA ukrainien ucranian VE vénézuélien venezolan YE yéménite yemení`

/** What else countries and regions are called. */
const otherNames = `
US America
US United_States
US United_States_of_America
US Estados_Unidos
US EE_UU
GB Britain
GB Great_Britain
GB Grande-Bretagne
GB Gran_Bretaña
GB Великобритания
GB Велика_Британія
GB بريطانيا
NL Holland
CD Congo
CD Zaire
CD DR_Congo
CD Democratic_Republic_of_Congo
CD Democratic_Republic_of_the_Congo
CD République_démocratique_du_Congo
CD República_Democrática_del_Congo
CD الكونغو
CG Republic_of_Congo
CG Republic_of_the_Congo
CG Congo-Brazzaville
CG Congo_Republic
CI Côte_d'Ivoire
MM Burma
MK Macedonia
MM Myanmar
CZ Czechia
TR Turkey
TR Türkiye
PS State_of_Palestine
PS Occupied_Palestinian_Territory
PS occupied_Palestinian_territories
PS Palestinian_territories
KR Republic_of_Korea
KP Democratic_People's_Republic_of_Korea
SY Syrian_Arab_Republic
AE Emirates
RU Russian_Federation
RU Российская_Федерация
BY Белоруссия
MD Молдавия
VA Vatican
VA Holy_See
BA Bosnia
PS-GZZ Gaza
PS-GZZ Gaza_Strip
PS-GZZ bande_de_Gaza
PS-GZZ Franja_de_Gaza
PS-GZZ Сектор_Газа
PS-GZZ Сектор_Гази
PS-GZZ Газа
PS-GZZ غزة
PS-GZZ قطاع_غزة
PS-GZA Gaza_City
RU-SAK Kuril_Islands
RU-SAK Kurils
PS-WBK West_Bank
PS-WBK Cisjordanie
PS-WBK Cisjordania
PS-WBK Західний_берег
PS-WBK Западный_берег
PS-WBK الضفة_الغربية
PS-JEM East_Jerusalem
UA-43 Crimea
UA-43 Crimée
UA-43 Крим
UA-43 Крым
UA-43 القرم
UA-14,UA-09 Donbas
UA-14,UA-09 Donbass
UA-14,UA-09 Донбас
UA-14,UA-09 دونباس
UA-21 Transcarpathia
SD-DN,SD-DS,SD-DW,SD-DC,SD-DE Darfur
SD-DN,SD-DS,SD-DW,SD-DC,SD-DE Darfour
SD-DN,SD-DS,SD-DW,SD-DC,SD-DE Дарфур
SD-DN,SD-DS,SD-DW,SD-DC,SD-DE دارفور
SD-KN,SD-KS,SD-GK Kordofan
SD-GZ Gezira
SD-GD Gedaref
CD-NK,CD-SK Kivu
EG-SIN,EG-JS Sinai
EG-SIN,EG-JS Sinaï
EG-SIN,EG-JS Sinaí
EG-SIN,EG-JS Синай
EG-SIN,EG-JS سيناء
IN-JK,PK-JK Kashmir
IQ Kurdistan_Region
ET-TI Tigray`

/** Bodies and buildings that stand for a government. */
const governments = `
RU Kremlin
RU Кремль
US White_House
US Pentagon
US Capitol_Hill
US Casa_Blanca
US Maison-Blanche
US Белый_дом
US Білий_дім
IL Knesset
GB Downing_Street
GB Whitehall
FR Élysée`

const abbreviations =
  'US=US U.S.=US USA=US U.S.A.=US UK=GB U.K.=GB UAE=AE U.A.E.=AE DRC=CD RDC=CD DPRK=KP KSA=SA PRC=CN США=US РФ=RU ОАЕ=AE ОАЭ=AE ДРК=CD КНДР=KP КНР=CN IDF=IL ICE=US EEUU=US EE._UU.=US'

/** Names that hold a place's name and are none: seas, continents, newspapers; and words of Arabic, which has no capitals. */
export const noPlaces: readonly string[] = (
  'South America;North America;Latin America;Central America;New England;Gulf of Mexico;Gulf of America;Sea of Japan;Bay of Bengal;South China Sea;East China Sea;Gulf of Oman;Gulf of Aden;Gulf of Guinea;' +
  'Indian Ocean;English Channel;Irish Sea;Jordan Valley;Jordan River;River Jordan;Air Jordan;Red Sea;Black Sea;Baltic Sea;Caspian Sea;Mediterranean;Persian Gulf;Mar Rojo;Mer Rouge;Mar Negro;Mer Noire;Чёрное море;Черное море;Чорне море;Красное море;' +
  'البحر الأحمر;البحر الأسود;Blue Nile;White Nile;River Nile;Rio Grande;Amazon;Times of Israel;Times of London;Bank of America;Panama Canal Authority;Air Force One;Golden Dome;' +
  'Amérique du Sud;Amérique latine;América Latina;Amérique centrale;América Central;América del Sur;América del Norte;Latin American;South American;Central American;North American;' +
  'صباح;مئة;مائة;لجنة;كريم;جميل;الوادي;الساحل;بورصة'
).split(';')

type Words = [code: string, name: string][]

const wordsIn = (table: string): string[] => table.trim().split(/\s+/)
const pairsIn = (table: string): Words =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [codes = '', name = ''] = line.split(' ')
      return [codes, name.replaceAll('_', ' ')]
    })

/** A word that is a code begins the words of its country. */
function listed(table: string): Words {
  const words: Words = []
  let code = ''
  for (const word of wordsIn(table)) {
    if (/^[A-Z]{2}(?:-[A-Z0-9]+)?$/.test(word)) code = word
    else words.push([code, word.replaceAll('_', ' ')])
  }
  return words
}

export const nationalityWords: Words = listed(nationalities)
export const lowerCaseAdjectives: Words = listed(lowerCase)
/** Codes with commas between: a name of several regions. */
export const otherNameWords: Words = [...pairsIn(otherNames), ...listed(slavicNames), ...listed(romanceNames)]
export const governmentWords: Words = pairsIn(governments)
export const abbreviationCodes: Record<string, string> = Object.fromEntries(
  wordsIn(abbreviations).map((pair) => pair.replaceAll('_', ' ').split('=')),
)
