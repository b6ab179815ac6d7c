import type { IdentifierKind } from './kinds.ts'

/**
 * Words that say what number stands by them, in English, German, French, Spanish, Italian, Dutch and the language of the issuer. A last
 * word with `*` may go on, as in `Sozialversicherungsnummer`; a comma stands between two phrases.
 * Case, marks and what stands between the words do not matter.
 */
export const CUES: Record<IdentifierKind | 'sort-code', readonly string[]> = {
  'card': [
    'card, cards, card no, card number, card numbers, visa, mastercard, master card, amex, american express, diners',
    'maestro, credit card, debit card, card ending, cvv, cvc, cardholder, cardholder number, primary account number',
    'kreditkarte*, karte, kartennummer, carte, carte bancaire, carte bleue, carte de credit, numero de carte, tarjeta',
    'tarjeta de credito, numero de tarjeta, carta di credito, carta, numero di carta, kaart, creditcard*, kaartnummer',
    'bankpas, unionpay, jcb, discover',
  ],
  'iban': ['iban, i.b.a.n'],
  'us-ssn': [
    'ssn, s.s.n, ssns, ss, ss no, ss number, s.s. no, social, social security, social security no',
    'social security number, social security numbers, social security nos, soc sec, soc sec no, socsec, ssa number, tin',
    'taxpayer identification number, taxpayer id, tax id, tax identification number, numero de seguro social',
    'seguro social, us-sozialversicherungsnummer, numero de securite sociale americain, social security nummer, ssn/ein',
    'ss#',
  ],
  'us-itin': [
    'itin, itins, i.t.i.n, individual taxpayer identification number, individual taxpayer id, tin',
    'taxpayer identification number, tax id, taxpayer id',
  ],
  'us-ein': [
    'ein, eins, e.i.n, fein, f.e.i.n, employer identification, employer identification no',
    'employer identification number, employer id, federal tax id, federal tax identification number, federal id',
    'federal employer identification number, tax id, taxpayer id, tin, taxpayer identification number',
    'tax identification number, irs employer identification no, i.r.s. employer identification no',
    'i.r.s. employer identification number, fein number, tax id no, federal tax i.d',
  ],
  'us-routing': [
    'routing, routing no, routing number, routing numbers, routing transit number, aba, aba no, aba number, aba routing',
    'aba routing number, rtn, transit number, bank routing, aba/routing, aba/routing number, fedwire, ach routing',
    'wire routing',
  ],
  'us-medicare': ['mbi, medicare, medicare number, medicare beneficiary identifier, medicare id, medicare beneficiary'],
  'uk-nino': [
    'nino, ninos, ni no, ni number, ni, n.i. no, n.i. number, n.i, national insurance, national insurance no',
    'national insurance number, nat ins no, nat. ins. number, nic number, nat ins, ni ref',
  ],
  'uk-nhs': [
    'nhs, nhs no, nhs number, nhs numbers, n.h.s. no, n.h.s. number, nhs id, national health service number',
    'health service number',
  ],
  'uk-utr': [
    'utr, u.t.r, utrs, unique taxpayer reference, unique taxpayer ref, tax reference, self assessment reference',
    'taxpayer reference, unique tax reference, utr number, unique taxpayer reference number',
  ],
  'uk-account': [
    'account, account no, account number, account nos, account numbers, acc, acc no, acc number, a/c, a/c no',
    'a/c number, acct, acct no, accounts, acct number',
  ],
  'sort-code': ['sort code, sort codes, sortcode, s/c, sort, sort-code'],
  'de-tax': [
    'idnr, id-nr, idnrn, steuer-id, steuerid, steuer-idnr, steueridnr, steuer-identifikationsnummer',
    'steueridentifikation*, identifikationsnummer, steuerliche identifikationsnummer',
    'steuerlichen identifikationsnummer, steuerlicher identifikationsnummer, persönliche identifikationsnummer, st-idnr',
    'st.-id, tin, tax id, tax identification number, german tax id, german tax identification number, german tax number',
    'taxpayer identification number, numero fiscal allemand, tax id number, steuer-identnummer, steueridentnummer',
  ],
  'de-insurance': [
    'sozialversicherung*, rentenversicherung*, versicherungsnummer, sv-nummer, sv-nr, svnr, rv-nummer, rvnr, rv-nr',
    'vsnr, german social insurance, german social insurance number, versicherungs-nr',
  ],
  'de-document': [
    'personalausweis*, personalausweis-nr, personalausweis nr, ausweisnummer, ausweis-nr, ausweisnr, ausweis',
    'reisepass*, reisepass-nr, reisepass nr, passnummer, pass-nr, pass nr, german passport, german passport no',
    'german passport number, german identity card, german id card, german id, perso-nr, ausweisnummern, bpa, bpa-nr',
    'german identity card no, german id card number, personalausweis mit der nummer, reisepass mit der nummer',
    'seriennummer des ausweises',
  ],
  'at-insurance': [
    'svnr, sv-nr, sv-nummer, sozialversicherung*, versicherungsnummer, vsnr, austrian social insurance number',
    'austrian social security number, e-card, vers.-nr, svnr., austrian insurance number',
  ],
  'ch-insurance': [
    'ahv, ahv-nr, ahv-nummer, avs, numero avs, no avs, n° avs, numero ahv, oasi, oasi number, ahvn13, navs13, navs',
    'sozialversicherung*, swiss social security number',
  ],
  'fr-nir': [
    'nir, securite sociale, n° securite sociale, numero de securite sociale, numero de ss, n° ss, no ss, numero insee',
    'insee, assure social, immatriculation, numero nir, french social security number, ss no, num secu',
  ],
  'es-dni': [
    'dni, d.n.i, nif, n.i.f, documento nacional de identidad, documento de identidad, dnis, spanish id',
    'spanish identity card, dni/nie, nif/dni, dni/nif, spanish identity number, carte d identite espagnole',
    'national identity document, carta d identita spagnola, spanish tax number',
  ],
  'es-nie': [
    'nie, n.i.e, numero de identidad de extranjero, numero de identificacion de extranjero, extranjero, nif, dni/nie',
    'spanish nie, foreigner identity number',
  ],
  'it-tax-code': [
    'codice fiscale, cod fisc, c.f, cf, cod. fiscale, codici fiscali, italian tax code, fiscal code, steuernummer',
    'code fiscal, codigo fiscal',
  ],
  'pt-nif': [
    'nif, n.i.f, contribuinte, numero de contribuinte, contribuinte n, numero de identificacao fiscal',
    'portuguese tax number, portuguese nif, identificacao fiscal, portuguese taxpayer number, nif portugais',
    'contribuinte fiscal',
  ],
  'nl-bsn': [
    'bsn, b.s.n, bsn-nummer, bsns, bsn nr, burgerservicenummer*, burger service nummer, sofinummer, sofi-nummer, sofinr',
    'dutch citizen service number, citizen service number, dutch bsn',
  ],
  'be-national': [
    'rijksregister*, rijksregisternr, insz, niss, nrn, rrn, registre national, numero national',
    'numero de registre national, n° national, nationaal nummer, nationalregister*, belgian national number',
    'national register number, national number, insz-nummer, numero niss, belgian national register number',
  ],
  'ie-pps': [
    'pps, ppsn, pps no, pps number, p.p.s, p.p.s. no, p.p.s. number, p.p.s.n, personal public service',
    'personal public service number, ppsns, rsi number, rsi no, pps numbers, ppsn number',
  ],
  'se-personal': [
    'personnummer, pnr, personnr, samordningsnummer, swedish personal number, swedish personal identity number',
    'swedish identity number, personal identity number, personal identification number, person-nr, swedish id',
    'swedish personal identification number',
  ],
  'dk-cpr': [
    'cpr, cpr-nr, cpr-nummer, cprnr, cpr number, cpr no, personnummer, danish cpr, danish personal number',
    'danish personal identification number, cpr-numre',
  ],
  'fi-hetu': [
    'hetu, henkilotunnus, finnish personal identity code, personal identity code, personbeteckning, henkilotunnuksen',
    'finnish identity code',
  ],
  'pl-pesel': [
    'pesel, nr pesel, numer pesel, numeru pesel, polish national identification number, polish id number',
    'polish identification number, polish pesel, national identification number',
  ],
  'ca-sin': [
    'sin, s.i.n, sins, sin no, social insurance, social insurance no, social insurance number, social insurance numbers',
    'nas, n.a.s, numero d assurance sociale, assurance sociale, canadian social insurance number',
  ],
  'au-tfn': ['tfn, t.f.n, tfns, tax file, tax file no, tax file number, tax file numbers'],
  'au-medicare': ['medicare, medicare no, medicare number, medicare card, medicare card number, medicare card no, medicare australia'],
  'br-cpf': [
    'cpf, c.p.f, cpf/mf, cpf n, cadastro de pessoas fisicas, cadastro de pessoa fisica, brazilian tax number',
    'brazilian taxpayer number',
  ],
  'in-aadhaar': ['aadhaar, aadhar, adhaar, uidai, uid, aadhaar no, aadhaar number, aadhaar card'],
  'in-pan': ['pan, pan no, pan number, pan card, p.a.n, permanent account, permanent account number, pans, pan card no, pan of'],
  'il-id': [
    'teudat zehut, teudat-zehut, t.z, tz, israeli id, israeli identity, israeli identity number, israeli identity card',
    `israeli id no, israel id, ת.ז, תעודת זהות, מספר זהות, ת״ז, ת"ז, israeli id number, i.d. israel, israelische id`,
  ],
  'passport': [
    'passport, passports, passport no, passport number, passport numbers, passport nos, us passport, british passport',
    'uk passport, reisepass*, passnummer, pass-nr, passeport, passeport n, numero de passeport, pasaporte, pasaporte n',
    'numero de pasaporte, passaporto, passaporto n, numero di passaporto, paspoort, paspoortnummer, paspoortnr',
    'passport card',
  ],
  'driving-licence': [
    'driving licence, driving licence no, driving licence number, driver number, driver licence, drivers licence',
    'driver s licence, driver s license, drivers license, driver license, driver s license no, driver s license number',
    'driver license number, drivers license number, dl, dl no, d.l. no, dln, dl number, operator s license, licence no',
    'driving license, driving license number, fuhrerschein*, fuhrerschein-nr, fahrerlaubnis, permis de conduire',
    'permis de conduire n, permis n, permiso de conducir, carne de conducir, licencia de conducir, patente di guida',
    'patente, patente n, rijbewijs*, rijbewijs nr',
  ],
  'date-of-birth': [
    'date of birth, dates of birth, dob, d.o.b, dobs, birth date, birthdate, birthday, born, born on, geboren',
    'geboren am, geb, geb., geburtsdatum, geburtstag, geboren op, geboortedatum, ne le, nee le, nes le, ne, nee',
    'date de naissance, fecha de nacimiento, nacido, nacida, nacido el, nacida el, f. nac, fecha nac, data di nascita',
    'nato, nata, nato il, nata il, geb. datum, geb.datum, geb. am, birth',
  ],
}
