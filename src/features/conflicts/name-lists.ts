// Words that names are made of. Folded: lower case, a to z.

const words = (text: string): Set<string> => new Set(text.split(/\s+/).filter(Boolean))

export const TITLES =
  words(`dr prof professor mr mrs ms miss mx herr frau hr mme mlle monsieur madame senor senora dott dottssa avv ing dipl mag hon
 sir lord lady dame rev reverend father judge justice sheikh shaikh sheik shri smt haji hajji graf grafin baron baroness freiherr don dona pan pani sig signor
 capt captain col gen lt maj sgt rabbi imam messrs me maitre dhr mevr`)

export const SUFFIXES = words(
  `jr sr junior senior ii iii iv kc qc esq esquire phd md dds mba llm llb jd cpa obe mbe cbe kbe frcs sc ra rain`,
)

/** Small words before a surname: not compared, but joined with it they make another spelling of it (van der Berg, Vanderberg). */
export const PARTICLES =
  words(`van von der den dem des de del della dello dei degli di da do dos das du la le los las el al ul as ad an ar at az bin ben
 ibn bint bar zu zum zur ter ten vander vanden vom af av ap ab st saint`)

/** Small words that belong to the surname: O Brien is OBrien. */
export const JOINED = words(`o mc mac fitz`)

export const CONNECTORS = words(`and und et y e og och en the of fur for do da de du di des der die das del della la le les el il in i`)

/** Before another name that the same person or company has or had. */
export const ALSO_KNOWN =
  /\s*[([,;]?\s*(?:\b(?:n[ée]e|geb\.?|geborene|born|formerly(?: known as)?|f\/?k\/?a|previously|a\.?k\.?a\.?|a\/k\/a|also known as|alias|d\/?b\/?a|doing business as|trading as|t\/a|vormals|anciennement|now)(?=[\s:.]))[:.]?\s*/iu

/** Legal forms by a common code; what stands behind the code is how it is written, folded, without full stops. */
const FORMS = `
ltd: ltd|limited|co ltd|co limited|company limited|pte ltd|pty ltd|pty limited|pvt ltd|private limited|proprietary limited|ltd co|ltda|limitada|ltee
plc: plc|public limited company
llc: llc|limited liability company|lc|l l c
llp: llp|limited liability partnership|lllp
lp: lp|limited partnership|slp
inc: inc|incorporated|corp|corporation|co inc
co: co|company|cie|compagnie|and co|& co|et cie
gmbh: gmbh|gesellschaft mit beschrankter haftung|ges mbh|gesmbh|mbh|ggmbh
gmbh co kg: gmbh & co kg|gmbh and co kg|gmbh und co kg|gmbh co kg|gmbh & co kgaa
ag: ag|aktiengesellschaft|ag & co kgaa|kgaa
kg: kg|ek|sca|snc|scs|kommanditgesellschaft|& co kg|co kg
ohg: ohg|offene handelsgesellschaft
gbr: gbr
ev: ev|eingetragener verein
eg: eg
se: se|societas europaea
ug: ug|ug haftungsbeschrankt
sa: sa|societe anonyme|sociedad anonima|sociedade anonima|s a|ae
sas: sas|sasu|societe par actions simplifiee
sarl: sarl|societe a responsabilite limitee|eurl
spa: spa|societa per azioni
srl: srl|societa a responsabilita limitata|sociedad de responsabilidad limitada|s de rl de cv|de rl de cv|srls
sl: sl|sociedad limitada|slu|sau
sa de cv: sa de cv|sab de cv|sapi de cv
bv: bv|besloten vennootschap|cv|vof|bvba|sprl
nv: nv|ua|naamloze vennootschap
ab: ab|aktiebolag|publ ab|ab publ
as: as|a s|aksjeselskap|aktieselskab|asa|aps|anpartsselskab
oy: oy|oyj|oy ab|osakeyhtio
sp z oo: sp z oo|sp z o o|spzoo|spolka z ograniczona odpowiedzialnoscia|sp zoo
spolka: spolka akcyjna|sp j|sp k
sro: sro|s r o|spol s r o|spol sro|as cz
kft: kft|zrt|nyrt|rt|bt
doo: doo|d o o|dd|d d|ad|ead|eood|ood
ooo: ooo|obshchestvo s ogranichennoi otvetstvennostiu|tov|tzov
oao: oao|pao|zao|ao|publichnoe aktsionernoe obshchestvo
as tr: anonim sirketi|limited sirketi|ltd sti|sti
kk: kk|kabushiki kaisha|gk|yk
pt: pt|tbk|perseroan terbatas
bhd: bhd|sdn bhd|berhad|sendirian berhad
jsc: jsc|ojsc|pjsc|cjsc|qsc|wll|saoc|bsc|fzco|fze|fz llc|saog|spc
as ee: ou|sia|uab|as lv
pc: pc|pllc|pa|apc|plc law
foundation: stiftung|stichting`
export const LEGAL_FORMS = new Map(
  FORMS.trim()
    .split('\n')
    .flatMap((line) => {
      const [code, spellings] = line.split(': ') as [string, string]
      return spellings.split('|').map((spelling): [string, string] => [spelling, code])
    }),
)
export const LONGEST_FORM = Math.max(...[...LEGAL_FORMS.keys()].map((form) => form.split(' ').length))
/** Forms that nothing else is called, so that they count wherever they stand. */
export const PLAIN_FORMS = words('ltd limited llc llp inc incorporated gmbh plc sarl ooo oao pao zao kft bvba aktiengesellschaft pty sro')

/** What half of all companies are called: it tells little, and its absence less. */
export const GENERIC =
  words(`bank banque banca banco trust group groupe gruppe gruppo grupo holding holdings international intl global worldwide national
 capital partners partner associates services service solutions systems system technologies technology tech industries industry industrial company co corp
 enterprises enterprise management consulting consultants investments investment investors ventures venture fund funds finance financial insurance
 assurance energy power resources properties property estate estates real development developments construction building builders engineering
 engineers trading traders trade exports imports export import logistics transport shipping freight foods food products media communications networks
 network software digital data labs laboratories pharma pharmaceuticals medical health healthcare hospital clinic care university college school institute
 foundation association society union club church council committee ministry department agency authority office board law legal advisors advisers
 advisory attorneys solicitors lawyers airlines airways air motors motor auto automotive electric electronics mining metals steel oil gas petroleum chemical
 chemicals works manufacturing manufacturers stores retail restaurant restaurants hotel hotels cafe bakery brothers bros sons general first united
 new old great royal premier star sun green blue red black white north south east west northern southern eastern western central city metro
 european american pacific atlantic world savings loan credit mutual life home supply supplies equipment materials packaging printing security securities
 asset assets wealth equity private public exchange markets market commerce commercial business brands entertainment studios pictures records publishing press news
 times post design fashion apparel sports fitness travel tours marine aviation aerospace defense defence rail railway railways water waste environmental
 farms farm agriculture agricultural seeds dairy beverages brewery brewing wine spirits coffee tea werke fabrik handels verlag versicherung immobilien bau
 beteiligungs verwaltungs industrie societe compagnie societa sociedad firma dom torgovyi kompaniya kompaniia zavod gruppa st saint`)

/** Of those, what people are called too. */
export const SURNAMES_TOO =
  words(`star sun green blue red black white gold rose new old great royal premier north south east west city world house home price law
 cash church post college marine power field fields first case wells banks major king bishop abbot farmer baker savings means park parks hall mills stone
 marsh forest rivers waters ford pope prior page young long short small best good sharp wise savage union news bau trust chambers temple life loan
 market markets fish fisher partner times day may june august summer winter frost snow`)

/** Cut words of business, with what they stand for. */
export const CUT_WORDS = new Map(
  `natl national,intl international,internatl international,bros brothers,assoc associates,assocs associates,assn association,mfg manufacturing,svcs services,svc service,
   tech technology,univ university,dept department,govt government,inst institute,soc society,mgmt management,hldgs holdings,hldg holding,inds industries,ind industries,
   invs investments,inv investments,prop property,props properties,dev development,devs developments,eng engineering,ins insurance,grp group,ctr center,centre center,
   labs laboratories,pharm pharmaceuticals,pharma pharmaceuticals,ges gesellschaft,cooperative cooperative`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)

/** Places that companies are told apart by. A place is not a misspelling of another. */
export const PLACES =
  words(`ireland iceland england scotland wales britain british france germany german deutsche deutschland austria australia australian
 austrian spain italy portugal poland russia ukraine turkey greece cyprus malta sweden norway denmark finland holland netherlands belgium switzerland swiss
 hungary romania bulgaria serbia croatia slovenia slovakia czech estonia latvia lithuania china chinese japan japanese korea india indian indiana pakistan
 iran iraq israel jordan egypt morocco algeria tunisia nigeria niger ghana guinea kenya uganda zambia gambia africa african asia asian europe america
 canada canadian mexico brazil chile china peru panama colombia columbia argentina uruguay paraguay london paris berlin munich hamburg vienna zurich geneva
 milan rome madrid barcelona lisbon dublin belfast edinburgh glasgow york jersey guernsey boston austin houston dallas chicago detroit denver omaha alaska
 oklahoma texas california nevada florida georgia virginia carolina dakota kansas arkansas maine ohio iowa utah idaho oregon washington sydney melbourne
 adelaide perth auckland zealand toronto montreal vancouver ottawa tokyo osaka seoul beijing shanghai hong kong taiwan singapore malaysia indonesia thailand
 vietnam philippines dubai abu dhabi qatar kuwait oman bahrain saudi arabia lebanon syria mumbai delhi bombay calcutta madras lagos cairo manchester
 liverpool leeds bristol birmingham sheffield nottingham cambridge oxford bath exeter durham stockholm oslo copenhagen helsinki warsaw prague budapest bremen
 essen dresden leipzig stuttgart frankfurt cologne koln basel bern lyon nice nantes marseille turin naples florence venice genoa cork kent devon essex sussex
 surrey norfolk suffolk moscow kiev kyiv minsk riga vilnius tallinn
 haarlem harlem nederland nederlands espana espagne italia osterreich schweiz suisse svizzera polska brasil norge sverige danmark suomi belgie belgique rossiya ukraina turkiye`)

/** Where anyone can have an address: they tell nothing about who someone works for. */
export const PUBLIC_MAIL =
  words(`gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr ymail.com
 aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru
 proton.me protonmail.com pm.me tutanota.com fastmail.com zoho.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it wp.pl o2.pl onet.pl
 interia.pl seznam.cz btinternet.com sky.com ntlworld.com comcast.net verizon.net att.net sbcglobal.net cox.net rediffmail.com qq.com 163.com 126.com
 naver.com hanmail.net bluewin.ch hotmail.fr hotmail.it hotmail.de mail.com`)
/** Under these every third label is a registrant of its own. */
export const SECOND_LEVEL =
  words(`co.uk org.uk ac.uk gov.uk ltd.uk plc.uk me.uk com.au net.au org.au gov.au co.nz org.nz co.za org.za co.jp or.jp ne.jp ac.jp com.br
 com.mx com.ar com.tr com.cn com.hk com.sg com.my com.tw co.in co.kr co.il co.id co.th com.ua com.pl com.sa com.eg com.ng co.ke com.pk com.ph com.vn com.gr
 com.cy com.mt com.co com.pe com.ve`)
