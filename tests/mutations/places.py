"""Changes of where things are on the page, and of what holds them."""

CHANGES = {
    "rows in another order": """() => bodies().forEach(rows => {
      const parent = rows[0].parentElement;
      rows.reverse().forEach(one => parent.append(one));
    })""",
    "columns in another order": """() => all('tr').forEach(one => {
      if (one.cells.length > 2) one.prepend(one.lastElementChild);
    })""",
    "labels right of their fields": "() => all('td.ledetekst').forEach(label => label.nextElementSibling.after(label))",
    "labels above their fields": """() => all('tr').filter(one => one.querySelector('td.ledetekst')).forEach(one => {
      const above = document.createElement('tr');
      above.append(...one.querySelectorAll('td.ledetekst'));
      one.before(above);
    })""",
    "two fields in one row": """() => bodies().forEach(rows => {
      const single = rows.filter(one => one.querySelectorAll('td.ledetekst').length === 1);
      for (let i = 0; i + 1 < single.length; i += 2) single[i].append(...single[i + 1].cells);
    })""",
    "buttons moved": """() => {
      all('form').forEach(form => {
        const held = buttons().filter(e => form.contains(e));
        held.forEach(e => form.prepend(e));
      });
      all('a').forEach(link => link.parentElement.prepend(link));
    }""",
    "everything wrapped": """() => {
      const around = (e, tag) => {
        const wrap = document.createElement(tag);
        e.replaceWith(wrap);
        wrap.append(e);
      };
      [...inputs(), ...buttons(), ...all('a')].forEach(e => { around(e, 'span'); around(e.parentElement, 'div'); });
      all('form, table, .feil, #status').forEach(e => around(e, 'section'));
    }""",
    "labels in a <label>": """() => labelled().forEach(([label, field], i) => {
      const own = document.createElement('label');
      own.append(...label.childNodes, field.cloneNode(false));
      own.lastChild.replaceWith(field.parentElement.replaceChild(own, field));
    })""",
    "tables made of divs": """() => all('td, th, tr, tbody, thead, table').forEach(e => {
      const div = document.createElement('div');
      for (const {name, value} of e.attributes) div.setAttribute(name, value);
      div.append(...e.childNodes);
      e.replaceWith(div);
    })""",
}
