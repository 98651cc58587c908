import { describe, expect, test } from 'vitest'
import { tellsDeed } from '../../src/stories/rules/deeds.ts'

describe('a text tells a deed', () => {
  test.each([
    'Drones struck the mill',
    'Attack on the mill kills two',
    'Drone strike sparks fire at the port of Lorn',
    'Missile strikes have knocked out half of the grid',
    'Valley drones strike oil refinery, setting it on fire',
    'Lorn attacks a grain terminal in Dara',
    'Council Says Lorn Strikes Valley Mill',
    'Two ships are attacked as oil prices rise',
    'Dara comes under heavy missile attack',
    'Lorn fires about 90 rockets in its biggest attack yet',
    'Warehouses were targeted in the night',
    'Oil depot of Lorn burns after missile attack',
    'Mill of Dara damaged in a drone attack',
    'Lorn targeted the port of Dara overnight',
    'The mill of Dara lost all outside power on Wednesday',
    'Two days of shelling caused damage to the mill',
    'The army conducted the largest set of missile strikes since May',
  ])('%s', (text) => expect(tellsDeed(text)).toBe(true))
})

describe('a text tells what lasts, or only names attacks', () => {
  test.each([
    'The evacuation of the valley goes on',
    'Lorn stops strikes on the port of Dara',
    'The valley halted all its drone attacks on ships',
    'The council spoke of targeted attacks',
    'The army cannot keep up the pace of its strikes on the grid',
    'The army lost its power to act',
    'Israeli strikes threaten the truce',
    'Attacks of the last weeks raise fears for the harvest',
    'The reactors are intact after two days of shelling',
    'Six million are still without power after the strikes of Wednesday',
    'Lorn rules out a ceasefire',
    'The missiles that the army has left are old',
  ])('%s', (text) => expect(tellsDeed(text)).toBe(false))
})
