import type { Language } from './language.ts'

const wordsOf = (words: string): string[] => words.split(' ')

/** What `و` and `ف` make of a word. */
const withConjunctions = (words: string[]): string[] => words.flatMap((word) => [word, `و${word}`, `ف${word}`])

/**
 * The words of each language that stand in texts of any matter, in lower case: they tell nothing of what a text is about.
 * English has its own in `tokens.ts`.
 */
export const commonWords: Record<Exclude<Language, 'en'>, ReadonlySet<string>> = {
  uk: new Set(
    wordsOf(
      'і й та у в на з із зі за до від для про при по під над між через після перед без біля щодо серед понад майже близько що як ' +
        'який яка яке які яких якої якому яким якими котрий де коли куди звідки чому чи або але а проте однак тож тому бо якщо хоча ' +
        'щоб аби не ні також ще вже лише тільки навіть саме дуже більше менше це цей ця ці цього цієї цих цьому цим той та те ті того ' +
        'тієї тих тому тим він вона воно вони його її їх йому їй їм ним нею ними свій своя своє свої свого своєї своїх ми ви нас вас ' +
        'нам вам наш ваш я мене є був була було були буде будуть бути може можуть має мають мав мала мали став стала стало стали ' +
        'один одна одне одного одній два дві три весь вся все всі всіх кожен інший інша інші інших сам самі так тут там тоді тепер ' +
        'нині зараз сьогодні вчора завтра цього року року році роки років днів день тиждень ' +
        'повідомив повідомила повідомили заявив заявила заявили каже кажуть сказав сказала пише',
    ),
  ),
  ru: new Set(
    wordsOf(
      'и в во на с со за до от из для о об при по под над между через после перед без у около среди свыше почти более менее что как ' +
        'который которая которое которые которых которой которому которым где когда куда откуда почему ли или но а однако поэтому ' +
        'потому если хотя чтобы не ни также еще уже лишь только даже именно очень больше меньше это этот эта эти этого этой этих ' +
        'этому этим тот та то те того той тех тому тем он она оно они его ее их ему ей им ним ней ними свой своя свое свои своего ' +
        'своей своих мы вы нас вас нам вам наш ваш я меня есть был была было были будет будут быть может могут имеет стал стала ' +
        'стало стали один одна одно одного одной два две три весь вся все всех каждый другой другая другие других сам сами так здесь ' +
        'там тогда теперь сейчас сегодня вчера завтра года году год лет дней день неделю ' +
        'сообщил сообщила сообщили заявил заявила заявили говорит говорят сказал сказала пишет',
    ),
  ),
  fr: new Set(
    wordsOf(
      'le la les l un une des du de d au aux et ou où mais donc or ni car que qui quoi dont quand comme si ne pas plus moins très ' +
        'à en dans sur sous par pour avec sans entre vers chez contre depuis pendant après avant jusque selon lors près environ ce ' +
        'cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils elles on nous vous je tu se lui y eux est ' +
        'sont était étaient sera seront être été a ont avait avaient aura auront avoir eu fait font peut peuvent doit doivent tout ' +
        'toute tous toutes autre autres même mêmes aussi encore déjà seulement ainsi alors ici là tandis deux trois dit disent',
    ),
  ),
  es: new Set(
    wordsOf(
      'el la los las lo un una unos unas de del al y e o u pero sino que quien quienes cual cuales cuando como donde si no ni más ' +
        'menos muy a en con sin sobre bajo por para entre hacia hasta desde durante tras ante contra según cerca unos este esta ' +
        'estos estas ese esa esos esas aquel su sus mi mis nuestro se le les lo él ella ellos ellas nos es son era eran fue fueron ' +
        'será serán ser sido ha han había habían haber hay hace puede pueden debe deben todo toda todos todas otro otra otros otras ' +
        'mismo misma también ya aún solo sólo así entonces aquí allí mientras dos tres dijo dice dicen',
    ),
  ),
  ar: new Set(
    withConjunctions(
      wordsOf(
        'في من الى إلى على عن مع بعد قبل بين حتى منذ خلال عند لدى نحو ضد دون حول تحت فوق امام أمام وراء حين حيث كما لكن بل او أو ام أم ثم ' +
          'ان أن إن انها أنها انه أنه إنه إنها لا لم لن ما ليس ليست قد كان كانت كانوا يكون تكون هو هي هم هذا هذه ذلك تلك هؤلاء الذي التي ' +
          'الذين اللذين اللتين كل بعض غير أي اي اكثر أكثر اقل أقل به بها فيه فيها منه منها عليه عليها له لها لهم إليه إليها اليها عنه عنها ' +
          'قال قالت يقول تقول اضاف أضاف أضافت واحد اثنين ثلاثة يوم عام أمس امس اليوم إذا اذا لو إلا الا جدا أيضا ايضا هناك هنا',
      ),
    ),
  ),
}
