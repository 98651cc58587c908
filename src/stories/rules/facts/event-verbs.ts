import type { Event } from './events.ts'
import { byWord } from './fact-words.ts'

/**
 * A form of a verb that tells an event. `active`: it has an object behind it (`killing two`). `past`: it may also be passive
 * (`two were killed`). `own`: the subject itself does it (`two died`).
 */
export type EventVerb = { event: Event; form: 'active' | 'past' | 'own' }

/** Each line: the event, forms that are only active, and forms that may be passive. */
const transitive: [Event, string, string][] = [
  [
    'launch',
    'launch launches launching fire fires firing unleash unleashes unleashing',
    'launched fired unleashed hurled',
  ],
  [
    'down',
    'down downs downing intercept intercepts intercepting shoot-down',
    'downed intercepted neutralised neutralized',
  ],
  ['destroy', 'destroy destroys destroying', 'destroyed'],
  ['damage', 'damage damages damaging', 'damaged'],
  ['hit', 'hits striking hitting', 'hit struck'],
  ['kill', 'kill kills killing', 'killed slain massacred'],
  [
    'wound',
    'wound wounds wounding injure injures injuring hurts hurting',
    'wounded injured hurt hospitalised hospitalized',
  ],
  [
    'move',
    'deport deports deporting relocate relocates relocating resettle resettling transferring',
    'deported relocated resettled transferred transported expelled evicted moved sent',
  ],
  ['evacuate', 'evacuate evacuates evacuating', 'evacuated'],
  ['displace', 'displace displaces displacing uproots uprooting', 'displaced uprooted'],
  ['return', 'repatriate repatriates repatriating', 'repatriated'],
  ['detain', 'detain detains detaining arrest arrests arresting', 'detained arrested'],
  ['abduct', 'abduct abducts abducting kidnap kidnaps kidnapping', 'abducted kidnapped'],
  ['release', 'releases releasing frees freeing', 'released freed'],
  ['exchange', 'exchange exchanges exchanging swap swaps swapping', 'exchanged swapped'],
  ['rescue', 'rescue rescues rescuing', 'rescued'],
  [
    'deploy',
    'deploy deploys deploying mobilise mobilises mobilize mobilizes mobilizing',
    'deployed mobilised mobilized',
  ],
  ['deliver', 'deliver delivers delivering supply supplying donates donating', 'delivered supplied donated'],
  ['produce', 'produce produces producing manufacture manufactures manufacturing', 'produced manufactured'],
  [
    'help',
    'affect affects affecting support supports supporting assist assists assisting reaching hosts hosting shelter shelters sheltering vaccinate benefiting benefitting',
    'supported assisted affected vaccinated sheltered screened examined benefitted benefited',
  ],
  ['reconnect', 'reconnect reconnects reconnecting', 'reconnected'],
  ['trap', 'traps trapping', 'trapped'],
  ['use', 'uses using expend expending', 'used expended'],
]

const own: [Event, string][] = [
  ['kill', 'died dies die dying perished drown drowns drowned'],
  ['displace', 'fled flee flees fleeing'],
  ['return', 'returned returning return'],
  ['arrive', 'arrived arrives arriving arrive crossed'],
  ['fail', 'failed'],
  [
    'attack',
    'targeted targets target attacked attacks attack targeting attacking approached approaching flew flying pounded entered violated',
  ],
  ['hit', 'landed crashed slammed exploded'],
  ['darken', 'de-energised de-energized'],
]

const verbs = byWord<EventVerb>([
  ...own.map(([event, forms]) => [{ event, form: 'own' }, forms] as const),
  ...transitive.flatMap(([event, active, past]) => [
    [{ event, form: 'active' }, active] as const,
    [{ event, form: 'past' }, past] as const,
  ]),
])

/** The event that a verb of one word tells. */
export const eventVerb = (word: string): EventVerb | undefined => verbs.get(word)

/** Nouns of what happened, before `of` and the figure: `the deaths of five people`, `a salvo of 20 missiles`. */
export const eventBeforeOf = byWord<Event>([
  ['kill', 'death deaths killing killings murder toll'],
  ['wound', 'injury injuries wounding'],
  ['move', 'deportation deportations relocation transfer resettlement removal expulsion'],
  ['evacuate', 'evacuation'],
  ['abduct', 'kidnapping abduction abductions'],
  ['displace', 'displacement'],
  ['return', 'return repatriation'],
  ['detain', 'arrest arrests detention'],
  ['launch', 'launch launches barrage salvo swarm wave volley'],
  ['down', 'interception downing'],
  ['destroy', 'destruction'],
  ['arrive', 'arrival'],
  ['release', 'release'],
  ['help', 'examination examinations screening screenings vaccination'],
  ['exchange', 'exchange swap'],
  ['rescue', 'rescue'],
  ['deploy', 'deployment mobilization mobilisation'],
  ['deliver', 'delivery'],
])

/** Nouns that are counted and tell the event themselves: `13 deaths`. */
export const countedEvents = byWord<Event>([
  ['kill', 'deaths fatalities dead lives'],
  ['wound', 'injuries wounded injured'],
  ['casualty', 'casualties'],
  ['detain', 'arrests detentions'],
  ['abduct', 'abductions'],
  ['arrive', 'arrivals'],
  ['move', 'evacuees'],
  ['return', 'returnees'],
  ['displace', 'idps homeless'],
  ['miss', 'missing'],
])

/** Adjectives and participles of a state, right behind a figure or behind `are`: `two dead`, `300 are missing`. */
export const states = byWord<Event>([
  ['kill', 'dead'],
  ['displace', 'homeless'],
  ['miss', 'missing unaccounted'],
  ['fail', 'offline inoperable'],
  ['darken', 'blackout'],
])
