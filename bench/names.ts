// Two hundred thousand plausible names of parties, always the same ones: common and rare surnames of many countries by Zipf's law,
// and companies. For measuring; nobody is meant.

const list = (text: string): string[] => text.trim().split(/\s+/)

const GIVEN =
  list(`James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen
 Christopher Nancy Daniel Lisa Matthew Betty Anthony Margaret Mark Sandra Donald Ashley Steven Kimberly Paul Emily Andrew Donna Joshua Michelle Kenneth Dorothy
 Kevin Carol Brian Amanda George Melissa Edward Deborah Ronald Stephanie Timothy Rebecca Jason Sharon Jeffrey Laura Ryan Cynthia Jacob Kathleen Gary Amy Nicholas
 Shirley Eric Angela Jonathan Helen Stephen Anna Larry Brenda Justin Pamela Scott Nicole Brandon Emma Benjamin Samantha Samuel Katherine Gregory Christine Frank
 Hans Klaus Jürgen Wolfgang Heike Sabine Petra Uwe Dieter Monika Jean Pierre Marie François Camille Céline Luc Antoine Giovanni Marco Luca Giulia Chiara Paolo
 José Juan Carlos Luis María Carmen Ana Pedro Miguel Javier Lucía João António Inês Rui Piotr Krzysztof Agnieszka Małgorzata Tomasz Anna Katarzyna Jan
 Ivan Sergei Dmitri Olga Natalia Elena Alexei Vladimir Tatiana Svetlana Mikhail Yuri Andrei Oksana Volodymyr Mykola Oleksandr Iryna Mohammed Ahmed Ali Hassan
 Hussein Fatima Aisha Omar Khalid Yusuf Ibrahim Mustafa Mehmet Ayşe Emre Murat Zeynep Wei Li Ming Jing Hui Xiaoming Yan Hiroshi Yuki Kenji Akiko Min-jun Ji-woo
 Raj Priya Amit Sunita Vijay Deepak Lakshmi Anil Kavita Arjun Chidi Ngozi Kwame Ama Thabo Zanele Lars Erik Astrid Ingrid Søren Bjørn Matti Aino Nikos Giorgos Eleni`)
const SURNAMES =
  list(`Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson
 Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker
 Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez
 Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann
 Dubois Durand Leroy Moreau Laurent Lefebvre Bertrand Roux Fournier Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Silva Santos Ferreira
 Pereira Oliveira Costa Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Petrov
 Volkov Shevchenko Kovalenko Bondarenko Tkachenko Khan Hussain Ahmed Malik Sheikh Rahman Chowdhury Haddad Khoury Mansour Yılmaz Kaya Demir Şahin Çelik Wang Li
 Zhang Liu Chen Yang Huang Zhao Wu Zhou Tanaka Suzuki Takahashi Watanabe Kim Park Choi Patel Sharma Singh Kumar Gupta Reddy Iyer Okafor Adeyemi Mensah Owusu Dlamini
 Hansen Olsen Larsen Nilsson Lindberg Virtanen Papadopoulos Georgiou Nikolaou Jansen Bakker Visser Smit Peeters Maes Cohen Levy Katz Friedman Shapiro Rosenberg`)
const STEMS =
  list(`Al Am An Ar As Bal Bar Bel Ber Bir Bol Bor Bran Bri Bru Cal Car Cas Chal Cor Cran Dal Dan Dar Del Dor Dra Dun El Er Fal Far Fen Fer Fin Gal Gar Gil
 Gol Gor Gran Gre Hal Ham Har Has Hel Her Hol Hor Il Is Ja Jar Kal Kan Kar Kas Kel Kir Kol Kor Kra Kru Lan Lar Las Lem Lin Lor Lub Lut Mal Man Mar Mas Mel Mer Mil Mor Mu
 Nar Nel Nor Ob Ol Or Os Pal Par Pas Pel Pen Per Pol Por Pra Pru Qua Ral Ran Ras Ren Ril Rom Ros Rud Sal San Sar Sel Sev Shan Sil Sol Sor Stan Stra Sul Tal Tar Tel
 Ter Tol Tor Tra Tur Ul Ur Val Van Var Ven Ver Vil Vol Wal War Wel Wil Win Wol Yar Yor Zal Zar Zel Zor Zu`)
const MIDDLES = list(
  'a e i o u an en in on ar er ir or al el il ol at et it ov ev un ak ek ik es is us am em im ad ed ber den gar her kin lan mar nor pen ran sen ten ver win',
)
const ENDINGS =
  list(`son sen berg stein man mann feld baum ski sky ska icz ov ova ev in enko chuk yan ian dze shvili ić es ez ini elli otti ucci eau ier ard ot er ner ler
 ström qvist dahl gren holm vik stad poulos akis idis ou oğlu han bay pur wala kar nathan swamy moto yama kawa mura ton ley ham worth wood ford field well by thorpe combe more land gate mere`)
const TRADES =
  list(`Bank Capital Holdings Group Partners Trust Energy Pharma Logistics Shipping Foods Software Systems Media Properties Insurance Mining Steel Textiles
 Engineering Consulting Motors Airlines Telecom Chemicals Construction Investments Ventures Solutions Technologies Industries Trading Services International Hotels Farms Studios
 Packaging Instruments Plastics Robotics Diagnostics Biotech Aviation Furniture Ceramics Brewing Vineyards Optics Semiconductors`)
const BRANDS =
  list(`Acorn Amber Anchor Apex Arrow Aspen Atlas Aurora Axis Beacon Birch Bramble Bridge Cedar Cobalt Comet Coral Crescent Crown Crystal Dawn Dragon Eagle Echo
 Elm Ember Evergreen Falcon Fern Flint Forge Fox Galaxy Garnet Granite Griffin Harbour Hawk Heron Horizon Iris Ivory Jade Juniper Keystone Lark Laurel Liberty Lotus Lumen Lynx
 Magnet Maple Marble Meridian Mosaic Nebula Nimbus Nova Oak Obsidian Olive Onyx Opal Orbit Orchid Osprey Otter Panther Pearl Pegasus Phoenix Pilgrim Pine Pioneer Polar Prism Quartz
 Quest Rampart Raven Redwood Ridge Robin Ruby Sable Saffron Sapphire Sentinel Sequoia Sierra Silver Sparrow Spruce Sterling Summit Swift Tempest Thistle Tiger Titan Topaz
 Trident Tulip Unicorn Vanguard Vector Velvet Vertex Violet Vista Walnut Willow Wren Zenith Zephyr`)
const LEGAL = [
  'Ltd',
  'Limited',
  'LLC',
  'Inc.',
  'GmbH',
  'AG',
  'S.A.',
  'SARL',
  'S.p.A.',
  'B.V.',
  'plc',
  'LLP',
  'GmbH & Co. KG',
  'AB',
  'A/S',
  'Sp. z o.o.',
  'OOO',
  'Pty Ltd',
  'Corp.',
  '',
]

export type MadeName = { id: string; name: string; kind: 'person' | 'organization'; domains: string[] }

/** So many made names of parties, the same for the same seed: seven of ten are persons, every tenth company has a domain. */
export function* madeNames(count: number, seed = 1): Generator<MadeName> {
  const next = randomOf(seed)
  for (let at = 0; at < count; at += 1) {
    const isPerson = next() < 0.7
    const name = isPerson ? person(next) : company(next)
    const domains = !isPerson && next() < 0.1 ? [`${name.toLowerCase().replace(/[^a-z]/g, '')}.example`] : []
    yield { id: idOf(seed, at), name, kind: isPerson ? 'person' : 'organization', domains }
  }
}

function person(next: () => number): string {
  const given = zipf(GIVEN, next)
  const middle = next() < 0.15 ? ` ${zipf(GIVEN, next)}` : next() < 0.1 ? ` ${zipf(GIVEN, next)[0]!}.` : ''
  const family = surname(next)
  const double = next() < 0.04 ? `-${surname(next)}` : ''
  if (next() < 0.04) return `${family}, ${given}${middle}`
  return `${next() < 0.03 ? 'Dr. ' : ''}${given}${middle} ${family}${double}`
}

function company(next: () => number): string {
  const form = pick(LEGAL, next)
  const tail = `${zipf(TRADES, next)}${next() < 0.3 ? ` ${zipf(TRADES, next)}` : ''}${form === '' ? '' : ` ${form}`}`
  const way = next()
  if (way < 0.35) return `${pick(BRANDS, next)} ${tail}`
  if (way < 0.5) return `${pick(BRANDS, next)} ${pick(BRANDS, next)} ${tail}`
  if (way < 0.65) return `${surname(next)} & ${surname(next)} ${form}`.trim()
  return `${surname(next)} ${tail}`
}

/** Half have one of the common surnames, half one of tens of thousands. */
function surname(next: () => number): string {
  if (next() < 0.5) return zipf(SURNAMES, next)
  return `${pick(STEMS, next)}${next() < 0.7 ? pick(MIDDLES, next) : ''}${pick(ENDINGS, next)}`
}

const pick = (words: string[], next: () => number): string => words[Math.floor(next() * words.length)]!
/** The first of the list often, the last seldom: about one in rank. */
const zipf = (words: string[], next: () => number): string =>
  words[Math.min(words.length - 1, Math.floor(words.length ** next()) - 1 + Math.floor(next() * 3))]!

/** mulberry32: 0 up to 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const idOf = (seed: number, at: number): string =>
  `00000000-0000-7000-${(0x8000 + (seed & 0xfff)).toString(16)}-${(at * 2_654_435_761 + 1).toString(16).padStart(12, '0').slice(-12)}`
