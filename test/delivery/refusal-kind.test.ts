import { expect, test } from 'vitest'
import { kindOfReply } from '../../src/delivery/rules/enhanced-status.ts'
import type { RefusalKind } from '../../src/delivery/rules/refusal-kind.ts'
import { wordsIn } from '../../src/delivery/rules/refusal-words.ts'
import { growthOf, maxLinearGrowth } from '../support/processor-time.ts'

const replies: [RefusalKind, string][] = [
  ['dead', '550 5.1.1 no such user'],
  ['dead', '550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking'],
  ['dead', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
  ['dead', '550 5.2.1 The email account that you tried to reach is disabled.'],
  ['dead', '550 sorry, no mailbox here by that name (#5.1.1)'],
  ['dead', '550 5.1.1 <spam@example.org>: Recipient address rejected: User unknown in virtual mailbox table'],
  ['dead', '550 5.1.1 <a@blocked.example>: user lookup success but no user record found. https://example.org/policy'],
  ['recipient', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'],
  ['recipient', "554 delivery error: dd This user doesn't have a mail.example account (a@mail.example) [0]"],
  ['recipient', '552 1 Requested mail action aborted, mailbox not found'],
  ['recipient', '554 delivery error: dd Sorry, this account has been disabled or discontinued [#102]'],
  ['recipient', '550 No Such User Here'],
  ['recipient', '550 Unrouteable address'],
  ['recipient', '550 user unknown'],
  ['recipient', '550 Unknown user'],
  [
    'recipient',
    '550 Message was not accepted -- invalid mailbox. Local mailbox a@example.org is unavailable: user not found',
  ],
  ['recipient', '550 5.7.1 No such user!'],
  ['recipient', '550 Requested action not taken: mailbox unavailable'],
  ['recipient', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [a.example.org]'],
  ['recipient', '550 Mailbox not found. http://mail.example.org/cgi-bin/help?id=20022'],
  ['recipient', '550 Mailbox unavailable or access denied'],
  ['recipient', '550 #5.1.0 Address rejected.'],
  ['recipient', '553 5.1.3 bad address syntax'],
  ['recipient', '550 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]'],
  ['recipient', '551 no longer here: that account no longer exists'],
  ['domain', '550 5.1.2 bad destination system'],
  ['domain', '550 5.4.4 Host or domain name not found. Name service error for name=gone.example type=A'],
  ['domain', '550 Unrouteable mail domain "gone.example"'],
  ['domain', '550 5.0.0 Domain name not found (NXDOMAIN)'],
  ['full', '552 5.2.2 mailbox full'],
  ['full', '452 4.2.2 The email account that you tried to reach is over quota'],
  ['full', '552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417'],
  ['full', '550 Mailbox is full'],
  ['full', '552 Quota exceeded (mailbox for user is full)'],
  ['full', "552-5.2.2 The recipient's inbox is out of storage space."],
  ['way', '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more'],
  ['way', '550 5.4.1 connection timed out'],
  ['way', '554 5.4.6 too many hops'],
  ['policy', '554 5.7.1 looks like spam'],
  ['policy', '550 go away'],
  ['policy', '550 5.1.8 <desk@example.org>: Sender address rejected: Domain not found'],
  ['policy', '550 5.1.0 <desk@example.org>: Sender address rejected: User unknown in virtual alias table'],
  ['policy', '550-Verification failed for <desk@example.org> No Such User Here Sender verify failed'],
  ['policy', '554 5.7.1 <olena@example.org>: Relay access denied'],
  ['policy', '550-Requested action not taken: mailbox unavailable Reject due to policy restrictions.'],
  ['policy', '550 spam message rejected. Please visit http://example.org/notspam'],
  ['policy', '550 5.1.1 our mail is on a blacklist'],
  ['policy', '550 Mail content denied. http://mail.example.org/'],
  ['policy', '553 5.7.1 [BL21] Connections not accepted from IP addresses on Spamhaus PBL'],
  ['policy', '550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]'],
  ['policy', '550 5.7.26 This mail is unauthenticated'],
  ['policy', '550 blocked [5.1.1.20], see 5.1.1'],
  ['policy', '550 5.7.0 daily sending quota exceeded'],
]

test.each(replies)('it is a refusal of the kind %s: %s', (kind, reply) => {
  expect(kindOfReply(reply)).toBe(kind)
})

test.each(['<', 'a', 'a-', 'a.', 'a@', 'http://', 'user '])(
  'a reply of %j alone takes time in proportion to its length',
  async (token) => {
    expect(await growthOf((size) => wordsIn(token.repeat(size / token.length)), 4_000)).toBeLessThan(maxLinearGrowth)
  },
)
