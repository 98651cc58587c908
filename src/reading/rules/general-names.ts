import { WordSet } from './word-set.ts'

/** Names that hold other places, and words that are part of many names or are no place. */
export const generalNames = new WordSet(
  (
    'russia russian russians belarus belarusian ukraine ukrainian ukrainians israel israeli israelis iran iranian lebanon lebanese syria syrian yemen sudan ' +
    'sudanese congo congolese india indian pakistan pakistani china chinese japan japanese america american europe european africa african ' +
    'asia asian poland polish germany german france french britain british turkey turkish indonesia indonesian united states kingdom republic ' +
    'central federation north northern south southern east eastern west western northeast northeastern northwest northwestern southeast southeastern ' +
    'southwest southwestern oblast oblasts region regions district city town village port river sea black airport base street square avenue ' +
    'nuclear power plant station refinery january february march april may june july august september october november december jan feb mar apr jun jul ' +
    'aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday the and of'
  ).split(' '),
)
