"""Fields that suggest: the entry that says just what is wanted is taken, or the step fails."""

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import Site
from .targets import named

# As such programs do: entries come after a while, go with the focus, and are taken when the mouse goes down.
PAGE = """
<input name="who" autocomplete="off" onblur="list.innerHTML = ''" oninput="setTimeout(suggest, 60)"><ul id="list"></ul>
<p>Acme AS</p>
<script>
const NAMES = %s;
function suggest() {
  const field = document.querySelector('[name=who]');
  list.innerHTML = '';
  for (const [number, name] of NAMES)
    if (name.toLowerCase().startsWith(field.value.toLowerCase())) {
      const entry = document.createElement('li');
      entry.setAttribute('role', 'option');
      entry.textContent = name;
      entry.onmousedown = event => { event.preventDefault(); field.value = `${number} ${name}`; list.innerHTML = ''; };
      list.append(entry);
    }
}
</script>"""
NAMES = "[[1, 'Acme AS'], [2, 'Acme AS Oslo'], [3, 'Twin AS'], [4, 'Twin AS']]"


def test_the_entry_that_says_just_that_is_taken(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(PAGE % NAMES))
    assert driver.choose(named("who"), "Acme AS") == "1 Acme AS"
    assert driver.choose(named("who"), "Acme AS Oslo") == "2 Acme AS Oslo"


def test_none_and_two_of_a_name_are_no_choice(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(PAGE % NAMES))
    driver.timeout = 0.5
    with pytest.raises(
        StepFailed, match=r"who is no list to choose from, and suggested no 'Nobody AS' in 0\.5 seconds"
    ):
        driver.choose(named("who"), "Nobody AS")
    with pytest.raises(StepFailed, match="who suggests 'Twin AS' 2 times"):
        driver.choose(named("who"), "Twin AS")


def test_what_is_neither_a_list_nor_typed_into_is_told(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<input type="checkbox" name="who">'))
    with pytest.raises(StepFailed, match="who is no list to choose from, and no field to type into"):
        driver.choose(named("who"), "Acme AS")
