"""What a new database starts with: ten suppliers, and the accounts of a small firm (NS 4102)."""

from bilagsbot.practice.vouchers import Supplier

# The organisation numbers have good check digits and begin with 3, as no real company's does.
SUPPLIERS = (
    Supplier("20001", "Blåbærsyltetøy AS", "315957117"),
    Supplier("20002", "Ødegård Trelast AS", "311485253"),
    Supplier("20003", "Bjørnås Rørleggerservice AS", "315755131"),
    Supplier("20004", "Fjellhøy Kontorrekvisita AS", "318372616"),
    Supplier("20005", "Ærlig Regnskapsdata AS", "311240234"),
    Supplier("20006", "Skjærgårdens Båt og Motor AS", "313353265"),
    Supplier("20007", "Ås Blomster ANS", "316174833"),
    Supplier("20008", "Nordlys Kraft AS", "316331912"),
    Supplier("20009", "Brødrene Sæther Transport AS", "314234685"),
    Supplier("20010", "Ødegård & Sønn Elektro AS", "313125815"),
)

ACCOUNTS = {
    "1500": "Kundefordringer",
    "1920": "Bankinnskudd",
    "2400": "Leverandørgjeld",
    "2710": "Inngående merverdiavgift",
    "4300": "Innkjøp av varer for videresalg",
    "6300": "Leie lokale",
    "6540": "Inventar",
    "6800": "Kontorrekvisita",
    "6860": "Møter, kurs, oppdatering",
    "7140": "Reisekostnad, ikke oppgavepliktig",
    "7770": "Bank- og kortgebyrer",
}

PAYABLE_ACCOUNT = "2400"
INPUT_MVA_ACCOUNT = "2710"
