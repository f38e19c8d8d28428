"""Letters in French."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

FRENCH: Final = Letters(
    topics=(
        "l'accueil des nouveaux clients",
        "les prévisions de ventes",
        "les factures en retard",
        "le recrutement de commerciaux",
        "le service client",
        "la qualité des données",
    ),
    notes=(
        (
            "Bonjour {first}, je croise souvent {company} en lisant sur {topic}. "
            "Ravi d'échanger si vous le souhaitez."
        ),
        "Bonjour {first}, j'accompagne quelques équipes à {city} sur {topic}. Au plaisir !",
        "",
    ),
    messages=(
        (
            "Merci pour la mise en relation, {first} ! Chez {us}, nous aidons les équipes sur "
            "{topic}. "
            "Comment cela se passe-t-il chez {company} aujourd'hui ?"
        ),
        (
            "Bonjour {first}, je me permets une relance 🙂 Un client de la taille de {company} "
            "passe "
            "un tiers de temps en moins sur {topic}. Quinze minutes la semaine prochaine ?"
        ),
        (
            "Dernier message, {first}, c'est promis. Si {topic} n'est pas une priorité ce "
            "trimestre, "
            "dites-le-moi et je n'insiste pas. Sinon, je vous envoie la synthèse de deux pages ?"
        ),
    ),
    inmail=Letter(
        "{company} et {topic}",
        "Bonjour {first},\n\nMon invitation s'est sans doute perdue. En une phrase : {us} supprime "
        "le travail manuel sur {topic}.\n\nAuriez-vous dix minutes ?\n\n{sender}",
    ),
    emails=(
        Letter(
            "Une question sur {topic} chez {company}",
            "Bonjour {first},\n\nQui s'occupe de {topic} chez {company} ?\n\nJe vous pose la "
            "question car nous venons de terminer un projet à {city} : l'équipe y gagne quatre "
            "heures par semaine, sans nouvel outil à apprendre.\n\nSi c'est vous, seriez-vous "
            "disponible mardi ou jeudi ?",
        ),
        Letter(
            "RE : Une question sur {topic} chez {company}",
            "Bonjour {first},\n\nVotre semaine est chargée, donc en bref :\n\nnous regardons "
            "comment vous travaillez aujourd'hui, nous vous montrons les trois endroits où le "
            "temps se perd, et le rapport est à vous, quoi que vous décidiez.\n\nJe vous envoie un "
            "exemple ?",
        ),
        Letter(
            "Je referme le dossier ?",
            "Bonjour {first},\n\nSans réponse, il y a trois explications : mauvaise personne, "
            "mauvais moment, ou mes messages finissent parmi les lettres d'information.\n\nUn mot "
            "suffit. Merci quoi qu'il en soit !",
        ),
    ),
    interested=(
        (
            "Bonjour {sender},\n\nmerci de votre patience. C'est bien un sujet pour nous ce "
            "trimestre. "
            "Pouvez-vous me proposer des créneaux la semaine prochaine, le matin de préférence ?"
        ),
        (
            "Intéressant. Quel est le prix pour une équipe d'une vingtaine de personnes ? Et cela "
            "fonctionne-t-il avec notre propre CRM ?"
        ),
        (
            "Bonjour {sender}, parlons-en. Je mets en copie ma collègue des opérations, c'est "
            "elle qui "
            "a le budget."
        ),
        "Oui, envoyez-moi la synthèse 👍",
    ),
    declined=(
        (
            "Bonjour {sender},\n\nmerci, mais nous avons renouvelé en janvier avec un autre "
            "prestataire. N'hésitez pas à revenir vers moi l'an prochain."
        ),
        "Pas intéressé. Merci de me retirer de votre liste.",
    ),
    away="Merci pour votre message. Je suis absent jusqu'au {back} et je lirai mes courriels de "
    "temps en temps. En cas d'urgence : bureau@example.com.",
    proposal="Merci {first} ! Que diriez-vous de mercredi à 10 h ou de vendredi à 14 h 30 ? Une "
    "demi-heure suffit ; je vous envoie l'invitation.",
    settled=(
        "Mercredi 10 h, parfait. Envoyez l'invitation.",
        "Vendredi 14 h 30. À bientôt !",
        "Impossible cette semaine-là, désolé. La suivante ?",
    ),
    wrote="Le {date}, {name} a écrit :",
    regards="Bien cordialement,",
    about=(
        "Quinze ans de vente B2B, presque toujours dans des équipes trop petites.",
        "J'aime les mots simples, les réunions courtes et les chiffres justes.",
        "J'aide les PME à vendre plus sans recruter plus. Ex-consultante, coureuse lente 🏃‍♀️",
        "Conférencier, mentor, père de deux enfants. Café noir ☕",
        "En train d'ouvrir le deuxième bureau ; toujours à la recherche de talents 🚀",
    ),
)
