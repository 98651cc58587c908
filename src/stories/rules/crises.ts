import { termGroups } from './term-groups.ts'

/**
 * The names of each crisis, war or region whose events are never one with those of another. Countries that have a part in
 * many of them, such as the United States, are left out.
 */
const names: [crisis: string, names: string][] = [
  [
    'ukraine',
    'Ukraine Ukrainian Ukrainians Kyiv Kiev Kharkiv Kherson Odesa Zaporizhzhia Donetsk Luhansk Crimea Russia Russian Russians Moscow Kremlin',
  ],
  ['levant', 'Israel Israeli Israelis Gaza Palestinian Palestinians Hamas Lebanon Lebanese Hezbollah Jerusalem'],
  ['gulf', 'Iran Iranian Tehran Yemen Yemeni Houthi Houthis Ansarallah Hormuz'],
  ['iraq', 'Iraq Iraqi Baghdad Mosul Kurdistan'],
  ['syria', 'Syria Syrian Damascus Aleppo Idlib Idleb Raqqa'],
  ['sudan', 'Sudan Sudanese Khartoum Darfur Kordofan Obeid Fasher'],
  ['congo', 'Congo Congolese DRC Goma Kivu Kinshasa'],
  ['horn', 'Ethiopia Ethiopian Tigray Somalia Somali Mogadishu Eritrea Uganda Ugandan'],
  ['sahel', 'Nigeria Nigerian Mali Malian Niger Burkina Chad Cameroon'],
  ['liberia', 'Liberia Liberian'],
  ['afghanistan', 'Afghanistan Afghan Afghans Kabul Taliban'],
  ['india', 'India Indian Kashmir'],
  ['myanmar', 'Myanmar Rohingya Burma Bangladesh'],
  ['indonesia', 'Indonesia Indonesian Flores'],
  ['korea', 'Korea Korean Seoul Pyongyang'],
  ['colombia', 'Colombia Colombian'],
  ['venezuela', 'Venezuela Venezuelan Caracas'],
  ['haiti', 'Haiti Haitian'],
  ['caribbean', 'Barbuda Antigua Dominica'],
]

/** The crises that some terms name. */
export const crisesIn = termGroups(names)
