from __future__ import annotations

import pytest

from newsparse.language import is_english, names_english

ENGLISH = (
    "The mayor said on Tuesday that the city will end its contract with the county sheriff, who had given officers "
    "of other agencies access to arrest records. The council is expected to vote on the plan next week."
)
FOREIGN = {
    "de": "Der Bürgermeister sagte am Dienstag, die Stadt werde ihren Vertrag mit dem Sheriff beenden, der Beamten "
    "anderer Behörden Zugang zu den Akten gegeben hatte. Der Rat will in der nächsten Woche darüber abstimmen.",
    "nl": "De burgemeester zei dinsdag dat de stad het contract met de sheriff beëindigt, omdat die ambtenaren van "
    "andere diensten toegang had gegeven tot de dossiers. De raad stemt volgende week of later over het plan, zei de woordvoerder, en daarna moet "
    "de provincie nog instemmen met de opzegging van de overeenkomst.",
    "fr": "Le maire a déclaré mardi que la ville mettrait fin à son contrat avec le shérif, qui avait donné aux agents "
    "d'autres services l'accès aux dossiers. Le conseil doit se prononcer sur ce projet la semaine prochaine.",
    "es": "El alcalde dijo el martes que la ciudad pondrá fin a su contrato con el sheriff, que había dado a agentes "
    "de otros organismos acceso a los registros. Se espera que el consejo vote el plan la próxima semana.",
    "pt": "O prefeito disse na terça-feira que a cidade vai encerrar o contrato com o xerife, que deu a agentes de "
    "outros órgãos acesso aos registros. As autoridades esperam que o conselho vote o plano na próxima semana.",
    "no": "Ordføreren sa tirsdag at byen vil avslutte kontrakten med sheriffen, som hadde gitt betjenter fra andre "
    "etater tilgang til arkivene. Bystyret skal etter planen stemme over forslaget i løpet av neste uke.",
    "fi": "Kaupunginjohtaja sanoi tiistaina, että kaupunki lopettaa sopimuksensa sheriffin kanssa, koska hän on "
    "antanut muiden virastojen virkamiehille pääsyn rekistereihin. Valtuusto äänestää asiasta ensi viikolla, jos se on "
    "koolla ja jos he ehtivät.",
    "pl": "Burmistrz powiedział we wtorek, że miasto zakończy umowę z szeryfem, który dał funkcjonariuszom innych "
    "agencji dostęp do akt. To by oznaczało, że rada ma głosować nad tym planem w przyszłym tygodniu.",
    "ru": "Мэр заявил во вторник, что город расторгнет договор с шерифом, который дал сотрудникам доступ к базе.",
    "zh": "市长周二表示，该市将终止与县警长的合同，后者曾允许其他机构的官员查阅逮捕记录。市议会预计下周表决。",
    "ar": "قال رئيس البلدية يوم الثلاثاء إن المدينة ستنهي عقدها مع الشريف الذي منح موظفين آخرين حق الوصول إلى السجلات",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_prose_is_told_whatever_is_declared(language: str) -> None:
    assert is_english(FOREIGN[language]) is False
    assert is_english(FOREIGN[language], "en") is False


@pytest.mark.parametrize("declared", [None, "en", "de"])
def test_english_prose_is_told_whatever_is_declared(declared: str | None) -> None:
    assert is_english(ENGLISH, declared) is True


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("", None, None),
        ("12 - 5 = 7!", "en", None),
        ("Kenney ends ICE contract.", None, None),
        ("Kenney ends ICE contract.", "en-US", True),
        ("Kenney plans to end the contract.", "de", True),
        ("Stadt beendet Vertrag.", "de", False),
        ("Stadt beendet Vertrag.", " ", None),
        ("Мэр расторгнет договор.", "en", False),
        ("The treaty (Соглашение) was signed.", None, True),
    ],
)
def test_short_texts(text: str, declared: str | None, expected: bool | None) -> None:
    assert is_english(text, declared) is expected


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("en", True),
        ("EN-gb", True),
        ("en_US.UTF-8", True),
        ("eng", True),
        ("English", True),
        (" en ", True),
        ("de", False),
        ("enm", False),
        ("", False),
        ("x-en", False),
    ],
)
def test_names_english(code: str, english: bool) -> None:
    assert names_english(code) is english
