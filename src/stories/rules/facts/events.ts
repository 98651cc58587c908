import type { Role } from './fact.ts'
import type { Kind, Thing } from './things.ts'

/** What happens to a thing, or what it does. */
export type Event =
  | (
      | 'launch'
      | 'attack'
      | 'hit'
      | 'down'
      | 'destroy'
      | 'damage'
      | 'kill'
      | 'wound'
      | 'move'
      | 'evacuate'
      | 'displace'
      | 'return'
    )
  | ('detain' | 'abduct' | 'release' | 'exchange' | 'rescue' | 'deploy' | 'deliver' | 'produce' | 'help' | 'arrive')
  | ('reconnect' | 'darken' | 'dry' | 'fail' | 'miss' | 'trap' | 'use' | 'remain' | 'casualty')

const weapons: Kind[] = ['missile', 'drone', 'bomb', 'shell']
const isPerson = (thing: Thing | null) => thing === null || thing.kind === 'person' || thing.kind === 'troops'
const isBuilt = (thing: Thing | null) =>
  (thing?.kind === 'home' && thing.unit !== 'settlements') || thing?.kind === 'building' || thing?.kind === 'equipment'

/** The role of a figure: `thing` is null where the text names none, as in `at least 13 were killed`. */
export function roleOfEvent(event: Event, thing: Thing | null, isShare: boolean): Role | null {
  const named = rolesOfPersons[event]
  if (named) return isPerson(thing) && !(thing?.kind === 'troops' && notOfTroops.has(event)) ? named : null
  return roles[event]?.(thing, isShare) ?? null
}

/** Events of persons, whose role does not depend on who they are. */
const rolesOfPersons: Partial<Record<Event, Role>> = {
  ...{
    kill: 'killed',
    wound: 'wounded',
    move: 'moved',
    evacuate: 'moved',
    return: 'returned',
    detain: 'detained',
    abduct: 'abducted',
  },
  ...{ release: 'released', exchange: 'exchanged', rescue: 'rescued', arrive: 'arrivals', miss: 'missing' },
  ...{ trap: 'trapped', casualty: 'casualties' },
}

/** Troops that go from place to place are no displaced people. */
const notOfTroops = new Set<Event>(['move', 'return', 'arrive'])

const roles: Partial<Record<Event, (thing: Thing | null, isShare: boolean) => Role | null>> = {
  launch: (thing, isShare) => (isShare ? ifWeapon(thing, 'used') : launched(thing)),
  attack: (thing, isShare) => (isShare ? null : launched(thing)),
  hit: (thing) =>
    isBuilt(thing) ? 'damaged' : thing?.unit.endsWith('strikes') ? launched(thing) : ifWeapon(thing, 'hits'),
  down: (thing) => shotDown(thing),
  destroy: (thing) =>
    thing && weapons.includes(thing.kind)
      ? shotDown(thing)
      : isBuilt(thing) || thing?.kind === 'aircraft'
        ? 'destroyed'
        : null,
  damage: (thing, isShare) =>
    isBuilt(thing) || thing?.kind === 'aircraft' ? 'damaged' : isShare && thing === null ? 'share' : null,
  displace: (thing) => ((isPerson(thing) && thing?.kind !== 'troops') || thing?.unit === 'homes' ? 'displaced' : null),
  deploy: (thing) => (thing?.kind === 'troops' ? 'troops' : null),
  deliver: (thing) =>
    thing && (weapons.includes(thing.kind) || thing.kind === 'equipment' || thing.kind === 'aircraft')
      ? 'deliveries'
      : null,
  produce: (thing) => (thing && weapons.includes(thing.kind) ? 'produced' : null),
  help: (thing) => (thing?.kind === 'person' || thing?.unit === 'homes' ? 'people' : null),
  reconnect: (thing) => (thing === null || thing.kind === 'home' || thing.kind === 'person' ? 'reconnected' : null),
  darken: (thing) => (thing === null || ['home', 'person', 'building'].includes(thing.kind) ? 'without power' : null),
  dry: (thing) => (thing === null || ['home', 'person'].includes(thing.kind) ? 'without water' : null),
  fail: (_, isShare) => (isShare ? 'share' : null),
  use: (thing) => ifWeapon(thing, 'used'),
  remain: (thing) => ifWeapon(thing, 'remaining'),
}

function launched(thing: Thing | null): Role | null {
  if (thing?.kind === 'missile') return 'launched'
  if (thing?.kind === 'drone') return 'drones launched'
  if (thing?.kind === 'bomb') return 'bombs launched'
  return thing?.kind === 'shell' ? 'shells launched' : null
}

function shotDown(thing: Thing | null): Role | null {
  if (thing?.unit.endsWith('strikes')) return null
  if (thing?.kind === 'missile') return 'shot down'
  if (thing?.kind === 'drone') return 'drones shot down'
  return thing?.kind === 'aircraft' ? 'aircraft shot down' : null
}

function ifWeapon(thing: Thing | null, role: Role): Role | null {
  return thing && weapons.includes(thing.kind) ? role : null
}
