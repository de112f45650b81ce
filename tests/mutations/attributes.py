"""Changes of what no person sees, or only as words: labels, names, ids, classes."""

import json

ENGLISH = {
    "Bruker": "User", "Passord": "Password", "Logg inn": "Log in", "Meny": "Menu", "Logg ut": "Log out",
    "Ny leverandørfaktura": "New supplier invoice", "Nytt bilag": "New voucher", "Bilagsliste": "Vouchers",
    "Leverandør": "Supplier", "Leverandørnr (hurtigvalg)": "Supplier no. (quick)", "Fakturanr": "Invoice no.",
    "Fakturadato": "Invoice date", "Forfallsdato": "Due date", "Beløp": "Amount", "Konto": "Account",
    "Mva-kode": "VAT code", "Tekst": "Text", "Vedlegg": "Attachment", "Netto": "Net", "Mva": "VAT", "Sum": "Total",
    "Total": "Gross", "Bilagsnr": "Voucher no.", "Oppdater": "Update", "Bokfør": "Post", "Søk…": "Search…",
    "Søk": "Search", "Finn": "Find", "Finn leverandør": "Find supplier", "Navn": "Name", "Nr": "No.", "Velg": "Choose",
    "Navn, nr eller orgnr": "Name, no. or org. no.", "Orgnr": "Org. no.", "Bilagsdato": "Voucher date", "KID": "OCR",
    "Beskrivelse": "Description", "Referanse": "Reference", "Linje": "Line", "Debet": "Debit", "Kredit": "Credit",
    "Linjetekst": "Line text", "Type": "Kind", "Dato": "Date", "Neste": "Next", "Forrige": "Previous",
    "Tilbake": "Back", "Bilag": "Voucher", "Leverandørfaktura": "Supplier invoice", "Regnskap": "Accounts",
}  # fmt: skip

CHANGES = {
    "labels with more words": "() => captions().forEach(one => one.say(`${one.said()} (ny)`))",
    "labels translated": f"""() => {{
      const english = {json.dumps(ENGLISH)};
      captions().forEach(one => one.say(english[one.said()] || [...one.said()].reverse().join('')));
    }}""",
    "new ids": "() => all('*').forEach((e, i) => { e.id = `ext-gen${9000 + 7 * i}`; })",
    "new class names": "() => all('[class]').forEach((e, i) => { e.className = `css-${(i * 7919).toString(36)}`; })",
    # As a class that the program gives to its newest table too, and no longer to the old one.
    "a class moved to another table": """() => all('table[class]').forEach(table => {
      const other = row('Siste endringer', '<input name="siste">');
      document.body.prepend(Object.assign(document.createElement('table'), {className: table.className}));
      document.body.firstElementChild.append(other);
      table.className = 'data';
    })""",
    "fields with new names": """() => all('input, select, textarea').forEach((e, i) => {
      if (e.name) e.name = `ctl00$main$f${i}`;
    })""",
    "fields that trade names": """() => {
      const named = inputs().filter(e => e.name), names = named.map(e => e.name);
      named.forEach((e, i) => { e.name = names[(i + 1) % names.length]; });
    }""",
    # The old name is a new field's: of another type, or of the same with much the same label.
    "a name taken over by a box": """() => inputs().filter(e => e.name).forEach(e => {
      beside(e, 'låst', `<input type="checkbox" name="${e.name}">`);
      e.name += '_ny';
    })""",
    "a name taken over by a field": """() => inputs().filter(e => e.name).forEach(e => {
      beside(e, 'i valuta', `<input type="text" name="${e.name}">`);
      e.name += '_ny';
    })""",
}
