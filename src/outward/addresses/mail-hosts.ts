const words = (text: string): string[] => text.trim().split(/\s+/)

/**
 * Hosts at which anyone takes an address for himself: what stands before the @ says who it is, and the domain nothing. Providers of private
 * mail by their own pages, the largest of Europe, the Americas and Asia; subscribers' domains of access providers among them.
 */
export const FREE_MAIL: ReadonlySet<string> = new Set(
  words(`gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.it outlook.es hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es live.com
 live.co.uk live.de live.fr live.it live.nl msn.com passport.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.co.in yahoo.co.jp
 yahoo.com.au yahoo.com.br yahoo.com.mx ymail.com rocketmail.com myyahoo.com aol.com aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com
 gmx.co.uk gmx.us web.de email.de t-online.de freenet.de arcor.de posteo.de posteo.net mailbox.org mail.de online.de vodafone.de kabelmail.de mail.com email.com
 usa.com mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru yandex.ru yandex.com yandex.by yandex.kz yandex.ua ya.ru proton.me protonmail.com protonmail.ch pm.me
 tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me fastmail.com fastmail.fm hey.com zoho.com zohomail.com zohomail.eu hushmail.com runbox.com
 startmail.com mailfence.com disroot.org riseup.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr libero.it virgilio.it alice.it tin.it tim.it
 tiscali.it inwind.it iol.it wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl seznam.cz centrum.cz email.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg
 btinternet.com btopenworld.com sky.com ntlworld.com virginmedia.com talktalk.net blueyonder.co.uk tiscali.co.uk plus.com eircom.net ziggo.nl kpnmail.nl home.nl
 hetnet.nl planet.nl telenet.be skynet.be proximus.be bluewin.ch hispeed.ch sunrise.ch aon.at chello.at utanet.at telia.com comhem.se online.no
 comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net earthlink.net juno.com optonline.net
 frontier.com windstream.net centurylink.net rogers.com shaw.ca telus.net sympatico.ca bell.net videotron.ca bigpond.com bigpond.net.au optusnet.com.au
 xtra.co.nz terra.com.br uol.com.br bol.com.br ig.com.br globo.com prodigy.net.mx rediffmail.com qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com
 naver.com hanmail.net daum.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp walla.co.il walla.com netvision.net.il mail.ee inbox.lv`),
)

/**
 * Domains that their host says are one: an address of one of them reaches whoever has the same name at the first. Google: googlemail.com is
 * gmail.com. Yandex: a login has its address at all of Yandex's domains. Proton: a name is kept for one account at all of Proton's domains.
 */
const ONE_HOST = [
  'gmail.com googlemail.com',
  'yandex.ru yandex.com yandex.by yandex.kz yandex.ua ya.ru',
  'proton.me protonmail.com protonmail.ch pm.me',
]
const FIRST = new Map(ONE_HOST.flatMap((group) => words(group).map((domain) => [domain, words(group)[0]!] as const)))

/** Hosts that document that dots before the @ do not count: Google, for addresses of its own and not for those of its business customers. */
const DOTLESS = new Set(['gmail.com'])

/** The domain under which a host keeps its mailboxes. */
export const hostOf = (domain: string): string => FIRST.get(domain) ?? domain
export const isDotless = (host: string): boolean => DOTLESS.has(host)
