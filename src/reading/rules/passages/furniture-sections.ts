import { withSingleBlanks } from '../../../platform/text/single-blanks.ts'
import { type Block, textOf } from './block.ts'

/** The largest share of a text that a section of people's notes, comments or contacts may hold and still be cut. */
const maxShare = 0.4

/** A longer section is a part of the report: so the time stays linear, however many heads a text has. */
const maxBlocksOfSection = 200

/**
 * The blocks without the sections of a page that tell of other stories or other people: `Related` and its headlines,
 * `About the author`, comments, contacts. Such a section ends at the next heading of its level, or where the report goes
 * on.
 */
export function withoutSections(blocks: Block[]): Block[] {
  const total = blocks.reduce((sum, block) => sum + lengthOf(block), 0)
  const kept: Block[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]
    if (!block) continue
    const end = sectionEnd(blocks, i)
    if (end > i && shareOf(blocks, i, end, total) <= maxShare) i = end - 1
    else kept.push(block)
  }
  return kept
}

const lengthOf = ({ runs }: Block) => runs.reduce((sum, { text }) => sum + text.length, 0)
const shareOf = (blocks: Block[], from: number, to: number, total: number) =>
  blocks.slice(from, to).reduce((sum, block) => sum + lengthOf(block), 0) / Math.max(1, total)

/** The index after a section of furniture that begins at a block; the index of the block itself where none does. */
function sectionEnd(blocks: Block[], from: number): number {
  const head = blocks[from]
  if (!head || head.kind === 'item' || head.kind === 'notes' || lengthOf(head) > 80) return from
  const text = withSingleBlanks(textOf(head.runs)).trim()
  const isHead = head.kind === 'heading' || isBold(head)
  if (stories.test(text)) return endOf(blocks, from + 1, (block) => isHeadline(block))
  if (isHead && people.test(text)) return endOf(blocks, from + 1, (block) => !endsSection(block, head))
  return from
}

function endOf(blocks: Block[], from: number, belongs: (block: Block) => boolean): number {
  let end = from
  for (let block = blocks[end]; block && end - from < maxBlocksOfSection && belongs(block); block = blocks[end])
    end += 1
  return end
}

const isBold = ({ runs }: Block) => runs.every(({ bold, text }) => bold || text.trim() === '')

function endsSection(block: Block, head: Block): boolean {
  if (block.kind !== 'heading') return isBold(block) && lengthOf(block) <= 80
  return head.kind !== 'heading' || block.level <= head.level
}

/** Whether a block can be the headline of another story: an item, a link as a whole, a short line that is no sentence. */
function isHeadline(block: Block): boolean {
  if (block.kind === 'item' || block.kind === 'row') return lengthOf(block) <= 300
  const text = textOf(block.runs).trim()
  if (text.length > 200 || block.kind === 'notes') return false
  const isLink = block.runs.every(({ link, text: words }) => link !== null || !/[\p{L}\p{N}]/u.test(words))
  return isLink || (block.kind === 'paragraph' && !isBold(block) && !/[.!?…:]["”’»)\]]*$/.test(text))
}

const stories = new RegExp(
  `^(?:${[
    'related(?: (?:stories|articles|posts|news|content|reading|topics|links|coverage|reports|pages))?',
    '(?:read|see|watch) (?:also|more|next)|also read|further reading|more (?:on this(?: story)?|stories|news|like this|from .{1,40})',
    "you (?:may|might) (?:also )?(?:like|be interested in)|recommended(?: (?:reading|stories|for you))?|editor[’']s picks",
    "most (?:read|popular|viewed)|trending(?: now)?|popular(?: (?:posts|stories))?|don[’']t miss|in other news",
    '(?:à )?lire aussi|voir aussi|sur le même (?:sujet|thème)|articles (?:liés|similaires|connexes)|les plus lus',
    'le[ae] también|ver también|(?:artículos|noticias|notas) relacionad[oa]s|relacionad[oa]s|te puede interesar|lo más leído',
    'lesen sie auch|siehe auch|mehr zum thema|ähnliche (?:artikel|beiträge)|verwandte (?:artikel|beiträge|themen)|meistgelesen',
    'leggi anche|vedi anche|articoli correlati|potrebbe interessarti|i più letti|leia também|veja também|artigos relacionados|notícias relacionadas',
    '(?:czytaj|zobacz) (?:także|też|również)|powiązane(?: artykuły)?|ayrıca okuyun|bunları da okuyun|ilgili haberler',
    'читайте також|дивіться також|за темою|схожі (?:новини|матеріали|записи)|більше новин|популярне',
    'читайте также|смотрите также|по теме|похожие (?:новости|материалы|записи)|популярное|материалы по теме',
    'اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|مواضيع ذات صلة|أخبار ذات صلة|انظر أيضا',
  ].join('|')})\\s*[:：…]?$`,
  'iu',
)

const people = new RegExp(
  `^(?:${[
    'about (?:the )?(?:authors?|writers?|contributors?|us|this (?:newsletter|letter|site))|(?:the )?authors?|contributors?',
    '(?:\\d+ )?comments?(?: \\(\\d+\\))?|leave a (?:comment|reply)|join the (?:discussion|conversation)|discussion about this .{1,20}',
    'share(?: this)?(?: (?:article|post|story))?|subscribe(?: .{1,40})?|newsletter|poll of the (?:week|day)|our sponsors?|sponsored(?: .{1,20})?',
    '(?:media |press )?contacts?(?: (?:us|details|information))?|for (?:more|further) information(?:,? (?:please )?contact)?|acknowledge?ments?',
    "commentaires?|à propos de l[’']auteur|partager|remerciements|comentarios|sobre el autor|compartir|contactos?|agradecimientos",
    "kommentare|über (?:den autor|die autorin)|commenti|sull[’']autore|condividi|contatti|comentários|sobre o autor|partilhar|compartilhe",
    'komentarze|o autorze|udostępnij|yorumlar|yazar hakkında|paylaş',
    'коментарі|про автора|поділитися|контакти|комментарии|об авторе|поделиться|контакты|التعليقات|عن الكاتب|شارك|للتواصل',
  ].join('|')})\\s*[:：…]?$`,
  'iu',
)
