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

const isOf = (thing: Thing | null, ...kinds: Kind[]) => thing !== null && kinds.includes(thing.kind)
const isWeapon = (thing: Thing | null) => isOf(thing, 'missile', 'drone', 'bomb', 'shell')
const isPerson = (thing: Thing | null) => thing === null || isOf(thing, 'person', 'troops')
const isBuilt = (thing: Thing | null) =>
  isOf(thing, 'building', 'equipment') || (isOf(thing, 'home') && thing?.unit !== 'settlements')

/** The role of a figure: `thing` is null where the text names none, as in `at least 13 were killed`. */
export function roleOfEvent(event: Event, thing: Thing | null, isShare: boolean): Role | null {
  const named = rolesOfPersons[event]
  if (thing?.kind === 'troops' && event === 'move') return 'troops'
  if (event === 'arrive' && (isShare || thing?.kind === 'troops')) return null
  if (named) return isPerson(thing) ? named : null
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

const roles: Partial<Record<Event, (thing: Thing | null, isShare: boolean) => Role | null>> = {
  launch: (thing, isShare) => (isShare ? ifWeapon(thing, 'used') : launched(thing)),
  attack: (thing, isShare) => (isShare ? null : launched(thing)),
  hit: (thing) => {
    if (isBuilt(thing)) return 'damaged'
    return thing?.unit.endsWith('strikes') ? launched(thing) : ifWeapon(thing, 'hits')
  },
  down: shotDown,
  destroy: (thing, isShare) => {
    if (isWeapon(thing)) return shotDown(thing)
    return harmed(thing, isShare, 'destroyed')
  },
  damage: (thing, isShare) => harmed(thing, isShare, 'damaged'),
  displace: (thing) => ((isPerson(thing) && thing?.kind !== 'troops') || thing?.unit === 'homes' ? 'displaced' : null),
  deploy: (thing) => (thing?.kind === 'troops' ? 'troops' : null),
  deliver: (thing) => (isWeapon(thing) || isOf(thing, 'equipment', 'aircraft') ? 'deliveries' : null),
  produce: (thing) => ifWeapon(thing, 'produced'),
  help: (thing) => (isOf(thing, 'person') || thing?.unit === 'homes' ? 'people' : null),
  reconnect: (thing) => (thing === null || isOf(thing, 'home', 'person') ? 'reconnected' : null),
  darken: (thing) => (thing === null || isOf(thing, 'home', 'person', 'building') ? 'without power' : null),
  dry: (thing) => (thing === null || isOf(thing, 'home', 'person') ? 'without water' : null),
  fail: (_, isShare) => (isShare ? 'share' : null),
  use: (thing) => ifWeapon(thing, 'used'),
  remain: (thing) => ifWeapon(thing, 'remaining'),
}

/** Buildings and machines that were damaged or destroyed; a share of something else is a share that is lost. */
function harmed(thing: Thing | null, isShare: boolean, role: Role): Role | null {
  if (isBuilt(thing) || thing?.kind === 'aircraft') return role
  return isShare && thing === null ? 'share' : null
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
  return isWeapon(thing) ? role : null
}
