const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Names of posts and mailboxes, not of persons (RFC 2142 and what firms use): the same at every domain, and numbered. */
export const POSTS =
  words(`abuse account accounting accounts accueil admin administration administrator all alert alerts amministrazione anfrage appointments ar archive assistant
 audit bewerbung billing board booking bookings buchhaltung bureau business cabinet calendar careers cashier chambers claims clerk clerks client clientcare clients
 closing collections commercial comms compliance conflicts contact contactus contatti contracts conveyancing copyright corporate correo counsel court courts customer
 customercare customers datenschutz data debt deals debtors desk dev direction director disputes dispatch docs docket dockets documents donotreply dpo editor efiling email
 emails employment enquiries enquiry estates events expenses facilities facturation family fax feedback filing filings finance firm frontdesk ftp fund funds
 general gdpr hallo hello help helpdesk hola home hostmaster hr imap immigration inbox info information infos inquiries inquiry insurance intake
 intern international invest invoice invoices invoicing ip it jobs kanzlei kontakt kundenservice law lawyers leasing legal legalteam library licensing litigation
 lists litigations mail mailbox mailer mailroom main management manager marketing matters media mediation meetings member members membership messages mobile
 news newsletter newsroom noc noreply notice notices notification notifications notary office offices online operations ops order orders partner partners
 partnerships patents paralegal paralegals parking pay payable payables payment payments payroll personal personnel planning poczta pop post postbox postmaster post press
 privacy probate procurement production projects property public purchasing receivables reception recruiting recruitment records redaktion
 referrals registrar registry rental reports reservations residential returns root sales scan scanner scans secretariat secretary secretaria security sekretariat service
 services settlements shop smtp social staff studio subpoena support survey sysadmin systems tax team tech technical test tenders tickets trademarks
 training transactions treasury trust trusts ufficio undisclosed unsubscribe update updates user users verwaltung vertrieb visa voicemail web webmaster website welcome
 wills work www zentrale`)

/** What is put before or behind a known name to make a domain that seems to be its owner's. */
export const ADDED =
  words(`access account accounts admin advisors advisers advocates app asia associates attorney attorneys abogado abogados adwokat advocaat advocaten advogados advokat advokater au avocat avocats avvocati avvocato berlin billing box business ca
 case cases chambers client clients cloud co com connect consult consulting contact corp corporate counsel court de direct docs document documents dr
 drive email escrow eu europe file files finance firm fr france gb germany global gmbh group groupe gruppe help holding holdings hq hr inc info int international
 intl invest invoice invoices invoicing ip ireland it juris kancelaria kanzlei law lawfirm lawyer lawyers legal legals limited litigation llc llp log login london ltd mail mailer mails
 mgmt my net news newyork notaire notaires notaio notary notice notify ny nyc office offices official online org partner partners pay payment payments payroll
 pc plc pllc portal post pro recht rechtsanwaelte rechtsanwalt remote sa safe sarl secure security send server service services settlement share shared sharepoint sign signin site
 solicitor solicitors sso staff support swiss sys systems tax team tech the title transfer transfers trust uk us usa vault verify
 view web webmail world www`)

/** Names that many owners have under different endings, or that stand before anyone's domain as a machine's name. */
export const COMMON_LABELS =
  words(`academy advocate agency army bank bar board capital city club college council counsel county court courts customs edu email energy exchange
 finance gov government group health hospital house imap info insurance international jobs judiciary justice kanzlei law lawfirm lawsociety lawyer lawyers legal library
 mail mail1 mail2 mailhost media ministry museum news notary office online outlook parliament partners police post press primary property remote school secure
 senate server service services shop smtp sport staff state studio support tax team treasury trust union university vote water webmail world`)

/** Endings that slip from the keys in place of `.com`, or that are sold because they do. */
export const SLIPPED_ENDINGS = words(`co cm om con cmo ocm comm coom cpm xom vom cim dom`)

/** What is no part of a person's name. */
export const TITLES =
  words(`mr mrs ms miss mx dr prof professor sir dame lord lady judge justice hon rev esq esquire kc qc sc jr sr ii iii iv llm jd phd mba md obe cbe mbe herr frau
 mag dipl ing mme mlle maitre maître me avv avvocato dott dottssa sig sra rechtsanwalt rechtsanwältin ra rain notar llp llc ltd inc gmbh plc via per`)
