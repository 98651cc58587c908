import { termGroups } from './term-groups.ts'

/** The words of each kind of disaster: one that strikes a place is told for days, and is one thread there. */
const words: [disaster: string, words: string][] = [
  ['quake', 'earthquake quake aftershock землетрус землетрясение terremoto séisme erdbeben'],
  ['flood', 'flood flooding floodwater повінь наводнение inundación inondation hochwasser'],
  ['storm', 'cyclone hurricane typhoon'],
  ['eruption', 'eruption volcano'],
  ['landslide', 'landslide mudslide'],
  ['epidemic', 'outbreak cholera ebola measles mpox'],
]

/** The kinds of disaster that some terms name. */
export const disastersIn = termGroups(words)
