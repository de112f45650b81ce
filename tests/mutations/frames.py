"""Changes of the frames' names. A frame's name holds from its load on, so each is put in anew with what it held."""

RENAME = """async () => {
  const names = top.frameNames, frames = [...document.querySelectorAll('frame')];
  const held = frames.map(one => one.contentDocument.documentElement);
  const fresh = names.map((_, i) => Object.assign(document.createElement('frame'), {name: %s}));
  const loaded = fresh.map(one => new Promise(done => { one.onload = done; }));
  frames.forEach((one, i) => one.replaceWith(fresh[i]));
  await Promise.all(loaded);
  fresh.forEach(({contentDocument: page}, i) => page.replaceChild(page.adoptNode(held[i]), page.documentElement));
}"""

CHANGES = {
    "frames renamed": RENAME % "`ramme${i}`",
    "frames that trade names": RENAME % "names[(i + 1) % names.length]",
    "two frames of one name": RENAME % "names[names.length - 1]",
}
