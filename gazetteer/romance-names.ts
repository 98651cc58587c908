/**
 * Names in French and Spanish that the sources lack, behind the code of their country or region. An underscore is a space.
 */
export const romanceNames = `
UA-63 Járkiv Koupiansk Vovtchansk Tchouhouïv UA-14 Bakhmout Bajmut Vouhledar Vuhledar Tchassiv_Iar Toretsk UA-09 Lougansk Sievierodonetsk Lyssytchansk
UA-23 Orijiv Houliaïpole UA-12 Krivói_Rog UA-59 Chostka UA-74 Chernígov UA-53 Krementchouk UA-32 Boutcha UA-21 Oujhorod Úzhgorod
UA-40 Sébastopol UA-43 Kertch RU-KDA Touapsé RU-LEN Oust-Louga Ust-Luga RU-BA Oufa
SD-RS Puerto_Sudán SS-EC Djouba Yuba CF Centrafrique República_Centroafricana CD-NK Kivu_Norte Norte_de_Kivu CD-SK Kivu_Sur BF Burkina Uagadugú
ET-TI Tigré SO Mogadiscio KE Dadaab Kakuma TD Adré MR Mbera
PS Cisjordanie Cisjordania PS-KYS Khan_Younès Jan_Yunis Jan_Yunés PS-JEN Yenín PS-NBS Naplouse PS-NGZ Yabalia Jabaliya LB-JA Tyr Tiro
IQ-NI Mossoul IQ-KI Kirkouk AE Abou_Dhabi MM Birmanie Birmania AM Arménie GE Géorgie
PL-14 Varsovie Varsovia SE Suède GB-LND Londres BE-BRU Bruxelles Bruselas RS Belgrado GR Athènes Atenas
HT-OU Puerto_Príncipe CO-NSA Catatumbo IN-DL Nueva_Delhi`
