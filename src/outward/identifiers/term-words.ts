import type { TermKind } from './kinds.ts'

/** Terms that count wherever they stand, in English, German, French, Spanish, Italian and Dutch; a last word with `*` may go on. */
export const PLAIN_TERMS: Record<TermKind, readonly string[]> = {
  health: [
    'medical record, medical records, medical history, health record, health records, diagnosed with, diagnosis of',
    'prognosis, hiv positive, hiv status, mental illness, psychiatric, psychotherapy notes, chemotherapy',
    'substance abuse treatment, patient record, patient records, protected health information, medication list',
    'pregnancy test, krankenakte*, patientenakte*, krankengeschichte, diagnose*, arztbericht*, befundbericht',
    'dossier medical, antecedents medicaux, historia clinica, informe medico, cartella clinica, referto medico',
    'medisch dossier, ziektegeschiedenis, medische gegevens',
  ],
  bank: [
    'bank statement, bank statements, bank account number, bank account details, bank details, account statement',
    'wire instructions, wiring instructions, routing number, sort code, online banking, bank records, kontoauszug*',
    'bankverbindung*, kontonummer*, releve bancaire, releves bancaires, coordonnees bancaires',
    'releve d identite bancaire, extracto bancario, extractos bancarios, datos bancarios, estratto conto',
    'estratti conto, coordinate bancarie, bankafschrift*, rekeningnummer*, bankgegevens',
  ],
  biometric: [
    'fingerprint, fingerprints, biometric, biometrics, facial recognition, face template, iris scan, retina scan',
    'voiceprint, palm print, hand geometry, biometrische*, fingerabdruck*, gesichtserkennung, empreintes digitales',
    'empreinte digitale, biometrique, biometriques, huellas dactilares, huella dactilar, biometrico, biometricos',
    'impronte digitali, impronta digitale, biometrici, vingerafdruk*, gezichtsherkenning',
  ],
  genetic: [
    'dna test, dna tests, dna sample, dna profile, genetic test, genetic testing, genetic data, genetic information',
    'genome, paternity test, brca1, brca2, hereditary disease, dna analysis, genetic counselling, dna-test, dna-analyse',
    'gentest*, genetische*, vaterschaftstest, test genetique, donnees genetiques, test adn, prueba genetica',
    'prueba de adn, datos geneticos, test genetico, dati genetici, esame del dna, dna-onderzoek, vaderschapstest',
  ],
  child: [
    'child protection, child abuse, minor child, minor children, child custody, child welfare, foster care',
    'guardian ad litem, juvenile record, school records, adoption records, safeguarding, child arrangements order',
    'looked after child, name of the child, sorgerecht*, kindeswohl*, jugendamt*, minderjahrige*, enfant mineur',
    'enfants mineurs, autorite parentale, menor de edad, menores de edad, patria potestad, guarda y custodia',
    'figlio minore, figli minori, affidamento dei figli, minderjarig*, ondertoezichtstelling',
  ],
  criminal: [
    'criminal record, criminal records, criminal conviction, criminal convictions, previous convictions, rap sheet',
    'probation report, presentence report, police caution, sex offender, arrest record, plea agreement, dbs check',
    'grand jury, vorstrafe*, fuhrungszeugnis*, strafregister*, strafakte*, bundeszentralregister*, casier judiciaire',
    'antecedents judiciaires, antecedentes penales, casellario giudiziale, precedenti penali, strafblad',
    'justitiele documentatie',
  ],
  privilege: [
    'attorney-client, attorney client, attorney-client privilege, attorney-client privileged, attorney work product',
    'work product, privileged and confidential, privileged & confidential, confidential and privileged',
    'legal advice privilege, litigation privilege, legally privileged, legal professional privilege, solicitor-client',
    'without prejudice, common interest privilege, joint defense, joint defence, for settlement purposes only, rule 408',
    'subject to privilege, settlement communication, prepared in anticipation of litigation, attorneys eyes only',
    'attorney s eyes only, anwaltsgeheimnis, anwaltskorrespondenz, anwaltlich vertraulich, secret professionnel',
    'confidentiel avocat, secreto profesional, segreto professionale, verschoningsrecht, beroepsgeheim',
    'onder voorbehoud van alle rechten, vergleichsverhandlungen, sous toutes reserves, sin perjuicio de derechos',
    'riservata personale',
  ],
}

/** Terms that count in company only. */
export const WEAK_TERMS: Record<TermKind, readonly string[]> = {
  health: [
    'patient, hospital, doctor, physician, treatment, surgery, symptoms, medication, clinic, nurse, therapy, illness',
    'disease, injury, depression, mg, pain, prescribed, prescription, diagnosis, mri, x-ray, fracture, blood pressure',
    'cancer, anxiety, gp, patientin, krankenhaus, arzt, behandlung, schmerzen, klinik, erkrankung, medikamente',
    'operation, hopital, medecin, traitement, douleurs, maladie, chirurgie, paciente, medico, tratamiento, dolor',
    'enfermedad, paziente, ospedale, trattamento, malattia, dolore, patiente, ziekenhuis, arts, behandeling, klachten',
    'ziekte, pijn',
  ],
  bank: [
    'bank, account, accounts, balance, deposit, deposits, withdrawal, withdrawals, overdraft, transfer, wire, swift',
    'bic, iban, debit, direct debit, standing order, savings, checking, account number, konto, guthaben, uberweisung',
    'saldo, lastschrift, abbuchung, compte, solde, virement, prelevement, banque, cuenta, banco, transferencia, conto',
    'banca, bonifico, addebito, rekening, overschrijving, overboeking, incasso',
  ],
  biometric: ['face scan, voice sample, gait, iris, retina, template'],
  genetic: ['dna, gene, genes, genetic, mutation, hereditary, chromosome, adn, gen, mutatie'],
  child: [
    'child, children, custody, minor, school, parent, mother, father, visitation, daughter, son, kindergarten, infant',
    'contact, parental, kind, kinder, kindes, umgang, schule, mutter, vater, enfant, enfants, ecole, garde, hijo, hija',
    'hijos, custodia, colegio, figlio, figlia, figli, scuola, madre, padre, kinderen, moeder, vader',
  ],
  criminal: [
    'arrest, arrested, convicted, conviction, sentence, sentenced, prosecution, offence, offense, felony, misdemeanor',
    'indictment, prison, probation, parole, police, crime, charged with, bail, theft, assault, robbery, guilty',
    'straftat, verurteilt, haft, anklage, staatsanwaltschaft, polizei, condamne, prison ferme, infraction, delit',
    'condenado, delito, fiscalia, prision, condannato, reato, carcere, procura, veroordeeld, strafbaar, gevangenis',
    'verdachte',
  ],
  privilege: [],
}
