"""Sentences and the event that a reader sees in each: type, status, agent, target, object (None: nothing)."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A sentence with the one event it reports; names as the record gives them."""

    text: str
    type: str
    status: str = "actual"
    agent: str | None = None
    target: str | None = None
    object: str | None = None


TYPES = [
    Case(
        "Norway negotiated a fisheries treaty with Iceland.",
        "agreement.negotiate",
        "actual",
        "Norway",
        "Iceland",
        "fisheries treaty",
    ),
    Case(
        "The city council signed a contract with Veolia on Monday.",
        "agreement.sign",
        "actual",
        "city council",
        "Veolia",
        "contract",
    ),
    Case(
        "The county renewed its contract with Palantir.", "agreement.extend", "actual", "county", "Palantir", "contract"
    ),
    Case("The mayor terminated the city's contract with Uber.", "agreement.end", "actual", "mayor", "Uber", "contract"),
    Case(
        "Russia violated the ceasefire agreement.", "agreement.breach", "actual", "Russia", None, "ceasefire agreement"
    ),
    Case(
        "The hospital gave Google access to patient records.",
        "data.grant_access",
        "actual",
        "hospital",
        "Google",
        "patient records",
    ),
    Case(
        "The sheriff cut off the agency's access to the license plate database.",
        "data.revoke_access",
        "actual",
        "sheriff",
        None,
        "plate database",
    ),
    Case("Detectives searched the DNA database.", "data.use", "actual", "Detectives", None, "DNA database"),
    Case(
        "Hackers stole the records of 40,000 patients from the clinic.",
        "data.breach",
        "actual",
        "Hackers",
        None,
        "records",
    ),
    Case("The company deleted its face recognition database.", "data.delete", "actual", "company", None, "database"),
    Case(
        "Senator Maria Lopez introduced a bill to protect renters.",
        "law.propose",
        "actual",
        "Maria Lopez",
        None,
        "bill",
    ),
    Case("The House passed the farm bill on Thursday.", "law.pass", "actual", "House", None, "farm bill"),
    Case("The governor signed the bill into law.", "law.enact", "actual", "governor", None, "bill"),
    Case("Governor Laura Kelly vetoed the bill.", "law.reject", "actual", "Laura Kelly", None, "bill"),
    Case(
        "Parliament repealed the Sunday Trading Act.", "law.repeal", "actual", "Parliament", None, "Sunday Trading Act"
    ),
    Case("Texas sued Google on Tuesday.", "court.sue", "actual", "Texas", "Google"),
    Case("A federal judge ruled that the state had violated the law.", "court.rule", "actual", "federal judge"),
    Case("The bank settled the lawsuit with the regulator.", "court.settle", "actual", "bank", "regulator"),
    Case("The FBI is investigating Boeing.", "enforce.investigate", "actual", "FBI", "Boeing"),
    Case("Police arrested two protesters.", "enforce.arrest", "actual", "Police", "two protesters"),
    Case("Prosecutors charged Daniel Ruiz with fraud.", "enforce.charge", "actual", "Prosecutors", "Daniel Ruiz"),
    Case("A judge sentenced Daniel Ruiz to four years in prison.", "enforce.convict", "actual", "judge", "Daniel Ruiz"),
    Case("The regulator fined Google on Monday.", "enforce.penalize", "actual", "regulator", "Google"),
    Case("The president pardoned Daniel Ruiz.", "enforce.release", "actual", "president", "Daniel Ruiz"),
    Case("The board appointed Ellen Park as director.", "office.appoint", "actual", "board", "Ellen Park", "director"),
    Case("Ellen Park resigned on Friday.", "office.leave", "actual", "Ellen Park"),
    Case("Ellen Park is running for governor.", "office.run", "actual", "Ellen Park"),
    Case("The foundation donated $5 million to the school.", "money.fund", "actual", "foundation", "school"),
    Case("Congress slashed the budget of the agency.", "money.cut", "actual", "Congress"),
    Case(
        "Amnesty International urged Egypt to release the journalist.",
        "statement.demand",
        "actual",
        "Amnesty International",
        "Egypt",
    ),
    Case("Marco Rubio criticized Russia.", "statement.criticize", "actual", "Marco Rubio", "Russia"),
    Case("The union endorsed Ellen Park.", "statement.support", "actual", "union", "Ellen Park"),
    Case("Ellen Park denied the allegations.", "statement.deny", "actual", "Ellen Park", None, "allegations"),
    Case("Iran threatened to close the strait.", "statement.threaten", "actual", "Iran"),
    Case("The company admitted that it had misled customers.", "statement.concede", "actual", "company"),
    Case("Angela Merkel met Emmanuel Macron in Berlin.", "contact.meet", "actual", "Angela Merkel", "Emmanuel Macron"),
    Case("Militants attacked a police station on Sunday.", "conflict.attack", "actual", "Militants"),
    Case("Thousands of students protested in Santiago.", "conflict.protest", "actual", "students"),
    Case("Poland deployed troops to the border.", "conflict.deploy", "actual", "Poland", None, "troops"),
    Case("The rebels withdrew their forces from the town.", "conflict.truce", "actual", "rebels"),
]

GRAMMAR = [
    Case("The contract was terminated by the mayor.", "agreement.end", "actual", "mayor", None, "contract"),
    Case(
        "The termination of the contract by the city angered Uber.", "agreement.end", "actual", "city", None, "contract"
    ),
    Case("The deal signed by Iceland protects cod.", "agreement.sign", "actual", "Iceland", None, "deal"),
    Case("The city and the county signed the contract.", "agreement.sign", "actual", "city", None, "contract"),
    Case("The judge, who resigned on Friday, declined to comment.", "office.leave", "actual", "judge"),
    Case("Norway pulled out of the Paris Agreement.", "agreement.end", "actual", "Norway", None, "Paris Agreement"),
    Case("Norway and Iceland reached an agreement.", "agreement.sign", "actual", "Norway"),
    Case("Ellen Park stepped down as director.", "office.leave", "actual", "Ellen Park"),
    Case("Google was sued by Texas.", "court.sue", "actual", "Texas", "Google"),
    Case("The lawsuit filed by Texas names Google.", "court.sue", "actual", "Texas"),
    Case("Police made an arrest on Tuesday.", "enforce.arrest", "actual", "Police"),
]

STATUS = [
    Case("The mayor plans to terminate the contract.", "agreement.end", "planned"),
    Case("The mayor will terminate the contract.", "agreement.end", "planned"),
    Case("The mayor did not terminate the contract.", "agreement.end", "negated"),
    Case("The mayor refused to sign the contract.", "agreement.sign", "negated"),
    Case("The mayor never signed the contract.", "agreement.sign", "negated"),
    Case("The mayor may terminate the contract.", "agreement.end", "hypothetical"),
    Case("The mayor allegedly terminated the contract.", "agreement.end", "alleged"),
    Case("The council proposed to terminate the contract.", "agreement.end", "proposed"),
    Case("If the mayor terminates the contract, the county will pay.", "agreement.end", "hypothetical"),
    Case("Iceland is expected to sign the treaty on Friday.", "agreement.sign", "planned"),
]
