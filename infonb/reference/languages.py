"""Which language a text is in, and the words of four of them that say little."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.99


def language_of(text: str) -> str | None:
    """The language of a text as ISO 639-1 has it; None where that isn't sure.

    Examples
    --------
    >>> language_of("Die Kinder sind laut, und abends bin ich müde.")
    'de'
    >>> language_of("")
    """
    if not text.strip():
        return None
    language, chance = identifier().classify(text)
    return str(language) if chance >= SURE else None


@cache
def identifier() -> LanguageIdentifier:
    """The model of languages, loaded once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "a about after again all also always am an and another any anything are as at away "
        "back be because been before being both but by can could did do does doing down each "
        "either else even ever every few for from get gets getting give go goes going gone "
        "got had has have having he her here hers herself him himself his how i if in into is "
        "it its itself just kind lot made make many may maybe me might mine more most much "
        "must my myself need needs never no nobody nor not nothing of off often on once one "
        "only onto or other others our out over own quite rather really say says she should "
        "since so some somebody something sometimes still such than that the their them "
        "themselves then there these they thing things this those though through to too under "
        "until up upon us usually very was way we well were what when where whether which "
        "while who whom whose why will with within without would yes yet you your yourself "
        "don't didn't doesn't isn't aren't wasn't i'm i've i'd it's that's there's you're "
        "we're they're can't won't wouldn't couldn't".split()
    ),
    "de": frozenset(
        "aber alle allem allen aller alles als also am an andere anderen anderer anderes auch "
        "auf aus bei beim bin bis bist da dabei dadurch dafür damit dann daran darauf das "
        "dass davon dazu dein dem den denn der des dich die dies diese diesem diesen dieser "
        "dieses dir doch dort du durch eben ein eine einem einen einer eines einfach einige "
        "er es etwas euch euer für gar geben gegen geht gibt ganz haben habe hat hatte hatten "
        "hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwie ist "
        "ja jede jedem jeden jeder jedes jemand jetzt kann kannst kein keine keinen können "
        "machen mal man manche manchmal mein meine meinem meinen meiner mehr mich mir mit "
        "muss müssen nach nicht nichts noch nun nur ob oder oft ohne schon sehr sein seine "
        "seinem seinen seiner seit selbst sich sie sind so solche soll sollen sonst über um "
        "und uns unser unter viel viele vom von vor war waren warum was weil welche wenn wer "
        "werden wie wieder wir wird wo wollen wurde zu zum zur zwar zwischen".split()
    ),
    "es": frozenset(
        "a al algo alguien algún alguna algunas alguno algunos allí ante antes aquel aquella "
        "aquí así aún aunque bajo bien cada casi como cómo con contra cosa cosas cual cuál "
        "cuando cuándo de del desde donde dónde dos durante e el él ella ellas ellos en "
        "entonces entre era eran es esa esas ese eso esos esta está estaba están estar estas "
        "este esto estos estoy fue fueron ha haber había hace hacen hacer hago han hasta hay "
        "he incluso ir la las le les lo los más me mi mí mientras mis mismo mucha muchas "
        "mucho muchos muy nada nadie ni ningún ninguna no nos nosotros nunca o os otra otras "
        "otro otros para pero poco por porque pues puede pueden puedo que qué quien quién se "
        "sea ser si sí siempre sin sino sobre solo sólo son soy su sus suyo también tampoco "
        "tan tanto te tener tengo tenía ti tiene tienen toda todas todavía todo todos tu tú "
        "tus u un una unas uno unos usted ustedes va vamos van vez veces voy y ya yo".split()
    ),
    "fr": frozenset(
        "à ai aie ainsi alors après as au aucun aucune aujourd'hui aussi autre autres aux "
        "avait avant avec avez avoir avons beaucoup bien c'est ça car ce ceci cela celle "
        "celles celui ces cet cette ceux chaque chez chose choses ci comme comment d'un d'une "
        "dans de depuis des donc dont du elle elles en encore entre es est et étaient était "
        "étant été être eu eux faire fais fait fois font furent il ils j'ai j'en je jamais "
        "jusque l'on la là le les leur leurs lors lui ma mais me même mêmes mes mien moi "
        "moins mon n'est n'y ne ni non nos notre nous on ont ou où par parce parfois pas "
        "pendant peu peut peuvent peux plus plusieurs pour pourquoi puis qu'il qu'elle qu'on "
        "quand que quel quelle quelles quelque quelqu'un quelques quels qui quoi rien sa sans "
        "se sera ses si sien soi soit son sont souvent sous suis sur ta tant te tes toi ton "
        "toujours tous tout toute toutes très trop tu un une vais va vers voilà vos votre "
        "vous vont y".split()
    ),
}
"""Language -> words that say little of a job; short, so that "work", "gut" and "gens" stay."""
