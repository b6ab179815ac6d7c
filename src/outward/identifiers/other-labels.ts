/** Words that say that the number by them is another one. They are compared as those of `CUES` are. */
export const OTHER_LABELS: readonly string[] = [
  // courts and files
  'docket, docket no, docket number, case, case no, case number, cause no, cause number, civil action, civil action no',
  'civil no, index no, claim no, claim number, claim ref, matter no, matter number, matter, file no, file number',
  'our file, our ref, your ref, ref, ref no, reference, reference no, reference number, bates, bates no, bates number',
  'bates range, exhibit, exhibits, appeal no, application no, application number, petition no, warrant no, complaint no',
  'report no, report number, control no, control number, confirmation number, confirmation no',
  // trade
  'invoice, invoices, invoice no, invoice number, invoice numbers, inv, order, order no, order number, purchase order',
  'po, p.o, po box, p.o. box, quote, quotation, receipt, receipt no, delivery note, shipment, consignment, tracking',
  'tracking no, tracking number, waybill, awb, bill of lading, container, parcel, parcel no, parcel number, parcel id',
  'apn, tax map, lot, lot no, batch, batch no, serial, serial no, serial number, s/n, model, model no, part no',
  'part number, item, item no, item number, article, article no, article number, sku, gtin, ean, upc, isbn, isbn-13',
  'isbn-10, issn, barcode, asset, asset tag, ticket, ticket no, customer no, customer number, customer id, contract no',
  'contract number, contract, project no, project number, job no, catalogue, catalog no, imei, vin, duns, d-u-n-s, lei',
  'isin, cusip, naics, npi, transaction, transaction id, transaction no, check no, check number, cheque no, cheque',
  'policy, policy no, policy number, policies, loan no, loan number, membership no, member no, member id, member number',
  'employee no, employee number, employee id, staff no, payroll no, badge, badge no, title no, title number, deed no',
  'instrument no, permit no, permit',
  // firms and rights
  'company no, company number, registered number, company registration, company registration number, registration no',
  'registration number, registered no, charity no, charity number, vat, vat no, vat number, vat reg, vat registration',
  'abn, acn, patent, patent no, trademark, trade mark, trademark registration, bar no, bar number, state bar no',
  'license plate, crn, commission file, commission file number, cik, edgar, fax, fax no, facsimile, tel, telephone',
  'telephone no, telephone number, phone, phone no, phone number, mobile, cell, call, helpline, switchboard, ext',
  'extension, dial, direct dial, hotline, whatsapp, zip, zip code, postcode, passcode, meeting id, pin, room, version',
  'build, revision, hash, checksum, md5, sha, sha-1, sha-256, sha1, sha256, uuid, guid, doi, pmid, arxiv, url',
  // German
  'aktenzeichen, az, geschaftszeichen, geschaftsnummer, gz, rechnung, rechnungsnummer, rechnungs-nr, rechnung nr',
  'rechnungsnr, bestellung, bestellnummer, bestell-nr, auftragsnummer, auftrags-nr, auftrag, kundennummer, kunden-nr',
  'kundennr, vertragsnummer, vertrags-nr, vertrag nr, telefon*, mobil, telefax, sendungsnummer, paketnummer',
  'artikelnummer, artikel-nr, flurstuck, flurstucksnummer, grundbuch, urkundenrolle, urkundenrollennummer, ur-nr, urnr',
  'uvz-nr, handelsregister, hrb, hra, ust-idnr, ustid, umsatzsteuer-identifikationsnummer, steuernummer, schadennummer',
  'schaden-nr, policennummer, versicherungsschein, versicherungsschein-nr, versicherungsscheinnummer, mitgliedsnummer',
  'personalnummer, referenz, referenznummer, belegnummer, beleg-nr, seriennummer, zahler, zahlernummer, firmenbuch',
  'firmenbuchnummer, einlagezahl, fn, vorgangsnummer, barcode-nr, losnummer, charge, chargennummer, inventarnummer',
  'lieferschein, lieferschein-nr',
  // French
  'facture, factures, facture n, numero de facture, commande, commande n, bon de commande, numero de commande, dossier',
  'dossier n, numero de dossier, affaire, affaire n, rg, rg n, n° rg, numero rg, role, portalis, siret, siren, rcs, tva',
  'telephone, tel, portable, telecopie, colis, numero de colis, numero de suivi, suivi, contrat, contrat n, police n',
  'police d assurance, sinistre, client n, numero client, reference, references, parcelle, cadastre, serie',
  'numero de serie, lot n, brevet, cheque n, quittance, minute, mandat n, adherent, numero d adherent, article n, piece',
  'piece n',
  // Spanish and Portuguese
  'factura, facturas, factura n, pedido, numero de pedido, expediente, autos, procedimiento, diligencias, nig, n.i.g',
  'telefono, movil, tfno, seguimiento, envio, contrato, poliza, siniestro, referencia, referencia catastral, finca',
  'protocolo, cif, c.i.f, numero de serie, lote, albaran, cliente, recibo, registro, protocolo n, processo, processo n',
  'fatura, telefone, telemovel, encomenda, nipc, cnpj, apolice',
  // Italian
  'fattura, fatture, fattura n, ordine, ordine n, numero ordine, fascicolo, r.g, r.g. n, ruolo, ruolo generale',
  'protocollo, prot, prot. n, repertorio, rep, raccolta, partita iva, p.iva, p. iva, telefono, cellulare, cell',
  'spedizione, contratto, polizza, sinistro, riferimento, particella, mappale, foglio, matricola, numero di serie',
  'lotto, codice cliente, pratica, rea, bolla, ddt, codice prodotto, codice articolo',
  // Dutch
  'factuur, factuurnummer, factuurnr, bestelling, bestelnummer, ordernummer, zaaknummer, zaaknr, rolnummer',
  'rekestnummer, dossier, dossiernummer, dossiernr, kenmerk, ons kenmerk, uw kenmerk, telefoon, telefoonnummer, mobiel',
  'zendingnummer, track and trace, contractnummer, polisnummer, polis, schadenummer, referentie, kvk, kvk-nummer',
  'kvk-nr, btw, btw-nummer, ondernemingsnummer, kadaster, perceel, serienummer, artikelnummer, klantnummer, lidnummer',
  'personeelsnummer, pakket, pakbon, ecli, betalingskenmerk, kbo',
  // the north and Poland
  'organisationsnummer, org nr, orgnr, cvr, cvr-nr, y-tunnus, fakturanummer, faktura, nip, regon, krs, mål nr, sagsnr',
  'journalnr, asianumero, diaarinumero, dnr, diarienummer, sygn. akt, laskun numero',
]

/** Words that say that a day by them is another than that of a birth. */
export const OTHER_DAYS: readonly string[] = [
  'married, died, death, date of death, deceased, dated, date of issue, issued, issue date, expires, expiry',
  'expiry date, expiration, valid until, signed, executed, hired, date of hire, employed, admitted, discharged',
  'incorporated, effective, effective date, filed, born of, born out of, hearing, heard, date of accident',
  'date of injury, accident, injury, seen, entered, since, moved, arrived, separated, divorced, commenced, joined',
  'graduated, examined, born and raised, domiciled, sentenced, convicted, arrested, due, due date, lease, agreement',
  'letter, deed, verheiratet, heirat, eheschliessung, gestorben, verstorben, todestag, ausgestellt, gultig bis',
  'eingestellt, eingetreten, vom, seit, urteil, unterzeichnet, geschieden, eintritt, marie, mariee, maries, mariage',
  'decede, decedee, deces, delivre, delivree, expire, embauche, embauchee, jugement, signe, en date du, depuis, casado',
  'casada, matrimonio, fallecido, fallecida, fallecio, expedido, caduca, contratado, sentencia, firmado, desde',
  'falecido, sposato, sposata, coniugato, coniugata, deceduto, deceduta, rilasciato, rilasciata, scade, assunto',
  'assunta, sentenza, dal, gehuwd, getrouwd, overleden, afgegeven, verloopt, in dienst, vonnis, ondertekend, gescheiden',
  'sinds',
]
