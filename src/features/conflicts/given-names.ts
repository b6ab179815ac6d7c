/**
 * Given names, folded: a line is one name. Before the bar its spellings, across languages that write it from one another's
 * scripts or that clerks swap; after it the short and pet forms. A word may stand in several lines (Alex, Pat, Chris).
 * Compiled for this program from what is common in English, German, French, Spanish, Italian, Dutch, Polish, Russian,
 * Ukrainian, Greek, Turkish, Arabic, Persian, Hebrew, Yiddish and Indian use. What stands in two lines and shares none is two names.
 */
const LINES = `
muhammad mohammed mohamed mohammad muhammed mohamad muhamad mohamet mohammod muhamed muhammet | mo md mohd
ahmad ahmed achmed ahmet ahmmad|
mahmud mahmoud mahmood mehmood mahmut|
mustafa mostafa moustafa mustapha mostapha|
husayn hussein hossein husain hussain husein hoseyn houssein hosein hussien|
hasan hassan hassen|
ali aly alee|
umar omar omer oumar|
uthman othman osman usman ottman|
yusuf youssef yousef yusef yousuf youssouf iosif josef joseph jozef yosef giuseppe jose | joe joey jo pepe beppe sepp
ibrahim ebrahim ibraheem brahim abraham avraham | abe abie bram
khalid khaled halid khaleed|
karim kareem|
tariq tarek tarik tareq tareek|
abdallah abdullah abdulla abdalla abdoullah abdollah|
abdrahman abdurrahman abderrahman abdelrahman abdulrahman abdarrahman|
abdaziz abdulaziz abdelaziz abdalaziz|
said saeed sayid saied saeid|
sulayman suleiman solomon suleyman soliman sulaiman sulieman shlomo|
faysal faisal feisal faycal|
jamal gamal djamal djamel jamaal cemal|
fatima fatimah fatma fatema fatemeh|
aisha ayesha aicha aysha aishah ayse|
zaynab zainab zeinab zeynep zineb|
maryam mariam miriam meryem maryem|
layla leila laila leyla|
khadija khadijah hatice khadeeja|
rashid rasheed rachid reshid|
hamid hameed hamit|
salim saleem selim|
nasir nasser naser nasr|
jaafar jafar jaffar gafar cafer|
reza riza|
alexander aleksandr alexandr aleksander alexandre aleksandar oleksandr alessandro alejandro alexandros iskander iskandar aliaksandr | alex al sasha sascha sandy alec alek xander lex sanya shura
alexandra aleksandra alessandra alejandra oleksandra | alex sasha sandra sandy lexi alexa
alexei aleksei alexey aleksey alexeiy oleksii oleksiy alexis | alyosha lyosha
eugene evgeny yevgeny evgenii yevgenii evgeni yevgeni evgeniy jewgeni jevgenij yevhen evhen eugen eugenio evgenij | gene zhenya
dmitri dmitry dmitrii dimitri dmitriy dmitrij dimitry dmytro dimitrios dimitris demetrios dimitar dimitrij | dima mitya jim
sergei sergey serhii sergej serhiy serge sergio siarhei sergii sergiy | seryozha
yuri yury iurii yurii jurij juri yuriy iouri yurij | yura
george georgy georgii georgios giorgos yorgos giorgi georgi jorge georges georg jerzy giorgio heorhii georgy yiorgos jiri | jorg
ivan iwan|vanya
nikolai nikolay nicolai mykola nikolaj nicholas nicolas nikolas nikolaos nikos nicolae nikola niklas nicola niccolo nikolaus mikalai | nick nicky kolya klaus nico niko
michael mikhail mihail mykhailo michail mikhael miguel michel michele michal mikael mihai mihaly mikhailo michalis micheal | mike mick mickey misha mikey mitch
vladimir wladimir volodymyr vladimír uladzimir wlodzimierz | vlad vova volodya
vasily vasilii vasili vasyl wassili vasiliy basil vassili vasilios vasilis vassilis vasile | vasya bill
andrei andrey andrii andrej andriy andrew andreas andre andrea anders andrzej andres ondrej andris | andy drew
pavel paul pawel pavlo pablo paolo pavlos paulo pauli pal | pasha
petr piotr pyotr petro peter pieter pedro pietro petros pierre petar petter | pete petya
konstantin constantin kostiantyn constantine konstantinos constantinos konstanty | kostas kostya costas dinos
grigory grigori grigorii gregory hryhorii grigoriy gregor grigorios gregorio grzegorz gregoire | greg grisha
fyodor fedor fiodor feodor theodore theodor fedir teodor theodoros | ted teddy theo
igor ihor ygor|
oleg oleh|
boris borys|
leonid leonidas|lyonya
anatoly anatoli anatolii anatoliy anatolij|tolya
viktor victor wiktor vittorio|vic vitya
maxim maksim maksym maxime massimo | max
ilya ilia illia iliya elijah elias ilias ilie eli | eli
olga olha|olya
yelena elena olena jelena helen helena helene eleni ilona alena | lena nelly ellen
yekaterina ekaterina kateryna jekaterina catherine katherine katharina katarina catharine kathryn katerina aikaterini caterina katarzyna catalina kathrin cathryn katrin katharine | kate katie kathy cathy kat katya kit kitty kay kati kasia kaethe kathe katja
natalia natalya nataliya natalie nathalie natalija nataliia | natasha nat tasha
tatiana tatyana tetiana tatjana tetyana | tanya tania
anastasia anastasiya anastasiia nastassia | nastya stacy ana
svetlana svitlana | sveta
irina iryna irene eirini|ira
yulia julia yuliya iuliia yuliia julija julie giulia iulia | jules
ludmila lyudmila liudmila liudmyla | mila lyuda
galina halyna galyna | galya
oksana oxana|
maria mariya mariia marija | masha mary mimi
ioannis yannis giannis yiannis jannis ioannes yanis | john
panagiotis panayiotis panayotis | panos takis
athanasios thanasis|
christos hristos|
spyridon spiros spyros|
evangelos vangelis evangelis|
charalambos haralambos charalampos haralampos | babis haris
efstathios eustathios | stathis
william | bill billy will willy willie liam
wilhelm willem guillaume guglielmo vilhelm guillermo | willi wim helmut
robert roberto rupert | bob bobby rob robbie robin bert
richard ricardo riccardo rikard | dick rick ricky rich richie
john jon | johnny jack jonny
jonathan johnathan jonathon yonatan | jon jonny nathan
johannes johann johan giovanni juan jean joao jan janos yohanan | hans hannes jens gianni
james jaime giacomo | jim jimmy jamie
jacob jakob yakov yaakov jakub iakov jacques giacobbe iakovos | jake koby
charles karl carl carlos carlo karol karel | charlie chuck chas
edward edouard eduard edvard eduardo edoardo edwards | ed eddie ted ned teddy
edmund edmond|ed ted ned
thomas tomas tommaso toma | tom tommy
henry henri heinrich hendrik enrico henrik enrique heinz | harry hank heini
harold harald haraldur| harry hal
lawrence laurence lorenzo laurent lars lorenz laurens | larry laurie
margaret margarete margarita marguerite margarethe margherita malgorzata marketa | peggy maggie meg greta marge margie rita gosia daisy
elizabeth elisabeth elizaveta elisabetta yelizaveta elzbieta isabel isabella isabelle elisheva yelisaveta | liz lizzie beth betty bess betsy eliza lisa libby elsie ela
anthony antony antonio anton antoine antonios antoni antonius | tony toni
antonia antonina antonella | toni
benjamin beniamino binyamin veniamin | ben benny benji
daniel daniil danilo danyil danil | dan danny
david dawid davide davyd daud dawud dawood davut | dave davy
samuel shmuel samuele | sam sammy
samantha | sam
matthew mathew matthias mateusz matteo matthieu mathias mateo matti matvei | matt
mark marc marcus marco marcos markus marek markos|
stephen steven stefan stephan stefano stephane estevan esteban stepan stefanos szczepan istvan etienne | steve stevie
stephanie stefanie stefania stephania | steph steffi
christopher christoph kristoffer cristoforo krzysztof kristof christophe cristobal | chris kit topher
christian kristian cristian christiaan | chris
christina kristina christine kristine cristina khrystyna krystyna kirstin kirsten kristin | chris chrissie tina kris
joshua yehoshua josue | josh
ronald | ron ronnie
donald | don donny
kenneth | ken kenny
raymond raimund ramon | ray
frederick friedrich frederic frederik fredrik federico fryderyk | fred freddie fritz
francis francisco francesco franz francois frans franciszek | frank fran paco pancho
franklin|frank
patrick padraig patrizio patrik | pat paddy
patricia patrizia | pat patty tricia trish patsy
timothy timotheus timofei | tim timmy
gerald jerald gerhard gerard gerardo gerrit|gerry jerry
jerome hieronymus geronimo|jerry
jeremy jeremiah | jerry
jeffrey geoffrey jeffery gottfried | jeff geoff
philip phillip philippe filip felipe filippo philipp filippos | phil pip
terence terrence | terry
theresa teresa therese | terry tess tessa terri
deborah debra debora devorah| deb debbie
susan suzanne susanna suzanna susanne zuzanna | sue susie suzy
barbara varvara barbra | barb babs
rebecca rebekah rivka | becky becca
jennifer | jen jenny
jessica | jess jessie
victoria viktoria wiktoria vittoria viktoriya | vicky tori
dorothy dorothea dorota | dot dottie dolly
pamela | pam
judith judit yehudit | judy jude
cynthia | cindy
virginia | ginny
florence|flo
eleanor elinor eleonora leonora eleonore| nell nelly ellie nora
nathaniel nathanael | nat nate
nathan natan | nate
leonard leonardo lennart leonhard| len lenny leo
albert alberto adalbert | al bert bertie
alfred alfredo| al alf fred
alan allan allen alain| al
walter walther gualtiero| wally walt
vincent vincenzo vicente vincenz | vince vinny
martin martino marten maarten|marty
zachary zachariah zacharias zakaria zakariya | zach zack
russell russel|russ
stuart stewart | stu
sean shaun shawn|
brian bryan|
eric erik erick erich|
neil neal niall|
philippa | pippa
nigel|
sara sarah|sally sadie
hannah hanna chana hana|
anna ana|anya annie
anne ann|annie nan
rachel rachael raquel|
martha marta|
clara klara|
sofia sophia sofiya sophie zofia sofie sophy|
emilia emily emilie amelia |millie emmy
theodora fedora feodora|dora
caroline carolyn karoline karolina carolina | carrie lina
jacqueline | jackie
veronica veronika weronika|
monica monika monique|
erica erika|
agnes agnieszka agnese|
edith edyta|edie
lucia lucy lucie luzia|
beatrice beatrix beatriz|bea trixie
bernard bernhard bernardo|bernie
bernadette|bernie
sebastian sebastien sebastiano|seb basti
tobias tobiah|toby
moshe moses moyshe moise mose musa moussa mousa|moe
yitzhak isaac itzhak yitzchak isak izaak ishaq|ike
chaim haim hayim hyman|
mordechai mordecai|
menachem menahem|
shimon simon simeon semyon szymon simone|
leib leyb|
zvi tzvi|
avigail abigail|abby gail
krishna krishnan|
lakshmi laxmi|
vijay wijay|
sanjay sanjai|
deepak dipak|
geeta gita|
mehmet|
mehdi mahdi|
huseyin|
sinan|
oezge ozge|
soeren soren|
joergen jorgen|
bjoern bjorn|
juergen jurgen|
guenter gunter guenther gunther|
joerg jorg|
goetz gotz|
kaethe kathe|
ioan ion ioann|
gheorghe|
stanislav stanislaw stanislaus | stas
yaroslav jaroslav jaroslaw iaroslav|
vyacheslav viacheslav wjatscheslaw | slava
svyatoslav sviatoslav|slava
rostislav rostyslav|slava
bohdan bogdan|
taras|
ruslan rouslan|
timur temur teimur|
artem artyom artiom|
denis dennis denys|
roman|
stella|
wojciech|
tadeusz thaddeus tadeus|tad
zbigniew|
ryszard|
lukasz lucas lukas luca luke luka loukas|
mateus|
joaquin joachim achim joakim|
xavier javier|
jesus|
guadalupe|lupe
ignacio ignatius ignacy|nacho
rafael raphael raffaele|rafa
gabriel gavriil gabriele|gabe
gabriela gabriella gabrielle|gabi
`
/** Names that stand alone in the lists above, so that they too are known as names of their own. */
const ALONE = `joan jane janet janice jean june joyce jill joanna joanne johanna marie mary marion marina martina norma norman dean dana diana diane donna doris
 ernest ethan evan ewan gavin gordon graham grace hazel heather holly hugh ian ingrid ivy karen keith kevin kimberly kyle laura lauren linda louis louise lynn
 mabel marcia marianne marilyn melanie melissa miles mona nancy nina noel noah oliver olivia oscar owen pauline penny rose ruth roger roland ross ryan roy
 shirley sharon sheila sylvia tara tracy trevor tyler una ursula valerie vera wayne wendy yvonne zoe adam adrian agatha aaron amanda amy angela april audrey barry
 blake bruce carol carla claire colin craig darren derek dominic douglas duncan dylan edna edwin elaine emma eva eve fiona gary gemma georgina gillian glen
 glenn guy harriet howard hugo ida imogen jason jasmine jay joel jordan justin leslie leo lily lionel malcolm marvin maurice max mia molly morris naomi nora
 paula percy polly ralph rhys rosa rosemary rowan sadie scott sidney stanley tina todd travis vernon vivian warren wesley winston hans ingo kai lars
 magnus nils olaf ola ole per sven ulf uwe ute heike silke anja antje birgit bernd dieter detlef dirk frank gisela horst inge jutta karin lothar manfred marlene
 rainer ralf sabine thorsten ulrich ursula volker wolfgang werner akira hiroshi kenji haruki yuki yuka naoko keiko takeshi satoshi kenta wei ming li jun
 min hui jing xin yan ying hong ping feng amit anil arjun asha kavita neha priya rahul raj rajesh ravi rohit sunil sunita suresh vikram ayse emre murat burak
 kemal cem can deniz elif selin ozan omid arash darius cyrus parviz shirin nasrin amir samir sami rania dina huda hala marwan ziad fadi bilal hamza idris
 kofi kwame ama abena chidi emeka ngozi ifeoma amina zainabu juma asha
 michelle danielle daniela nicole simona luis luisa luise michaela martine josephine georgette paulette henriette claudette odile mireille yves sylvie thierry
 pascal alain bruno regine lorraine valentina valentin roberta alberta alfreda frederica wilma carmen pilar dolores consuelo mercedes rocio inigo iker
 rajesh ramesh suresh mahesh dinesh mukesh vinay ajay vivek ashok manoj anand arun kiran nitin pradeep sandeep kuldeep jalal bilal talal hilal iman
 kamal jamila kamila nabil nadia nadir samira amira karima rahim hakim halim latif sharif wahid walid yasin yasmin zahra zahir habib majid sajid
 jorn bjarne arne helge inga inger dagmar gunnar gunhild sigrid solveig leif eskil mats per pekka timo juha aino eero vaino
 milan milos mirko marko darko dejan goran zoran dragan jovan jovana mila milena sanja tanja vesna igorov bojan
 vadim kirill gleb egor matvei semyon timofey arkady valery valeri vitaly vladislav zinaida raisa larisa lidia nadezhda vera marina margarita alla inna`

const NAMES = new Map<string, { line: number; isSpelling: boolean }[]>()
for (const [line, text] of LINES.trim().split('\n').entries()) {
  const [spellings, pets] = text.split('|').map((half) => half.split(/\s+/).filter(Boolean)) as [string[], string[]]
  for (const name of new Set([...spellings, ...pets])) {
    const at = NAMES.get(name) ?? []
    at.push({ line, isSpelling: spellings.includes(name) })
    NAMES.set(name, at)
  }
}
for (const name of ALONE.split(/\s+/)) if (!NAMES.has(name)) NAMES.set(name, [])
const MEMBERS: string[][] = []
for (const [name, at] of NAMES) for (const { line } of at) (MEMBERS[line] ??= []).push(name)

export const isGivenName = (word: string): boolean => NAMES.has(word)

/** How two given names are one: two spellings, or one a short or pet form; null when the table does not say so. */
export function givenNameLink(a: string, b: string): 'spelling' | 'nickname' | null {
  const others = NAMES.get(b)
  if (others === undefined) return null
  let link: 'nickname' | null = null
  for (const one of NAMES.get(a) ?? []) {
    for (const other of others) {
      if (one.line !== other.line) continue
      if (one.isSpelling && other.isSpelling) return 'spelling'
      link = 'nickname'
    }
  }
  return link
}

/** Every other word that stands for the same given name. */
export const givenNamesLike = (word: string): string[] => [
  ...new Set((NAMES.get(word) ?? []).flatMap(({ line }) => MEMBERS[line]!).filter((name) => name !== word)),
]
