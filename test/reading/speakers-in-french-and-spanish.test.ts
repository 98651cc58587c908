import { expect, test } from 'vitest'
import { speakerOfClaim } from '../../src/reading/rules/takeaways/attribution.ts'

test.each([
  ['Plus de 12 000 personnes ont quitté Dara, selon l’OIM.', 'OIM'],
  ['D’après les autorités locales, la digue a cédé dans la nuit.', 'les autorités locales'],
  ['« Nous partirons », a dit la porte-parole de l’ONU.', 'la porte-parole de l’ONU'],
  ['L’armée de Dara assure avoir repris la raffinerie.', 'l’armée de Dara'],
  ['Le HCR estime à 40 000 le nombre des arrivants.', 'HCR'],
  ['Le gouverneur a fait savoir que l’eau serait coupée.', 'le gouverneur'],
  ['La digue a cédé, indique la préfecture dans un communiqué.', 'la préfecture'],
  ['« Rien ne bouge », regrette le préfet Amadou Sow.', 'le préfet Amadou Sow'],
  ['Comme l’a rappelé Mme Sarr, la trêve expire vendredi.', 'Mme Sarr'],
  ['À en croire le ministère de l’Énergie, le courant reviendra jeudi.', 'le ministère de l’Énergie'],
  ['Aux dires du chef du village, ils étaient une centaine.', 'le chef du village'],
  ['Dara veut dormir en paix, accuse le maire de la ville voisine.', 'le maire de la ville voisine'],
  ['La centrale est à l’arrêt, a précisé vendredi l’opérateur Dara Énergie.', 'l’opérateur Dara Énergie'],
  ['Selon les chiffres du ministère de la Santé, trente personnes sont mortes.', 'le ministère de la Santé'],
  ['Dans son rapport, Amnesty International accuse les rebelles de crimes.', 'Amnesty International'],
])('French: %s', (claim, speaker) => expect(speakerOfClaim(claim)).toBe(speaker))

test.each([
  ['Más de 12.000 personas dejaron Dara, según la OIM.', 'OIM'],
  ['Según ACNUR, tres mil familias cruzaron la frontera.', 'ACNUR'],
  ['«No hay paso», dijo la portavoz de la ONU.', 'la portavoz de la ONU'],
  ['El alcalde de Dara anunció que el puente abrirá el lunes.', 'el alcalde de Dara'],
  ['El gobernador informó de que el agua será cortada.', 'el gobernador'],
  ['De acuerdo con la Cruz Roja, doscientos heridos esperan.', 'Cruz Roja'],
  ['La presa reventó, según informó la alcaldesa Rosa Paz.', 'la alcaldesa Rosa Paz'],
  ['La central está parada, precisó el viernes el operador Dara Energía.', 'el operador Dara Energía'],
  ['El ejército de Dara asegura haber recuperado la refinería.', 'el ejército de Dara'],
  ['En palabras del comandante Soto, la línea no se mueve.', 'el comandante Soto'],
  ['Tal como recordó la Sra. Díaz, la tregua vence el viernes.', 'Sra. Díaz'],
  ['Según datos del Ministerio de Salud, hubo treinta muertos.', 'Ministerio de Salud'],
  ['«Volveremos», prometió Soto.', 'Soto'],
])('Spanish: %s', (claim, speaker) => expect(speakerOfClaim(claim)).toBe(speaker))

test.each([
  'Selon lui, la route est coupée.',
  'Selon le plan, les troupes partiront en mai.',
  'Selon un bilan provisoire, douze personnes sont mortes.',
  'Il a déclaré que la route était coupée.',
  'Le pont a été détruit samedi.',
  'Según él, la carretera está cortada.',
  'Según las previsiones, lloverá.',
  'Dijo que la carretera estaba cortada.',
  'El puente fue destruido el sábado.',
  'Los combates dejaron doce muertos, según un balance provisional.',
])('nobody is named: %s', (claim) => expect(speakerOfClaim(claim)).toBeNull())
