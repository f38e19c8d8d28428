"""Letters in Spanish."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

SPANISH: Final = Letters(
    topics=(
        "la incorporación de clientes nuevos",
        "la previsión de ventas",
        "las facturas impagadas",
        "la contratación de comerciales",
        "la atención al cliente",
        "la calidad de los datos",
    ),
    notes=(
        "Hola {first}, he visto lo que hacéis en {company} y me gustaría tenerte en mi red.",
        "Hola {first}, trabajo con varios equipos en {city} en {topic}. ¿Conectamos?",
        "",
    ),
    messages=(
        (
            "¡Gracias por aceptar, {first}! En {us} ayudamos a equipos con {topic}. "
            "¿Cómo lo lleváis ahora mismo en {company}?"
        ),
        (
            "Hola {first}, te vuelvo a escribir por si se te pasó 🙂 Un cliente del tamaño de "
            "{company} "
            "ha reducido un tercio el tiempo que dedica a {topic}. ¿Te van bien 15 minutos la "
            "semana "
            "que viene?"
        ),
        (
            "Último mensaje, {first}, prometido. Si {topic} no es prioridad este trimestre, "
            "dímelo y no "
            "insisto más. Y si lo es, ¿te mando el resumen de dos páginas?"
        ),
    ),
    inmail=Letter(
        "{company} y {topic}",
        "Hola {first}:\n\nTe envié una invitación hace unos días, pero ya sé cómo van estas cosas. "
        "En una frase: {us} quita el trabajo manual de {topic}.\n\n¿Hablamos diez minutos?\n\n"
        "{sender}",
    ),
    emails=(
        Letter(
            "Una pregunta rápida sobre {topic}",
            "Hola {first}:\n\n¿Quién se ocupa de {topic} en {company}?\n\nTe lo pregunto porque "
            "acabamos de terminar un proyecto con otra empresa de {city}: su equipo recupera "
            "cuatro horas a la semana sin aprender una herramienta nueva.\n\nSi eres tú, ¿te "
            "vendría bien el martes o el jueves?",
        ),
        Letter(
            "RE: Una pregunta rápida sobre {topic}",
            "Hola {first}:\n\nSé que vas a tope, así que la versión corta:\n\nmiramos cómo hacéis "
            "hoy {topic}, os enseñamos los tres puntos donde se pierde el tiempo, y el informe es "
            "vuestro, compréis o no.\n\n¿Te envío un ejemplo?",
        ),
        Letter(
            "¿Lo dejamos aquí?",
            "Hola {first}:\n\nNo he tenido respuesta, y suele ser por una de tres razones: no eres "
            "la persona, no es el momento, o mis correos acaban en promociones.\n\nCon una palabra "
            "me basta. ¡Gracias igualmente!",
        ),
    ),
    interested=(
        (
            "Hola {sender}:\n\ngracias por insistir. Justo ahora estamos con {topic}. ¿Puedes "
            "pasarme "
            "huecos para la semana que viene, mejor por la mañana?"
        ),
        (
            "Suena bien. ¿Qué precio tiene para un equipo de unas 20 personas? ¿Se integra con "
            "nuestro "
            "CRM?"
        ),
        (
            "¡Hola {sender}! Hablemos. Pongo en copia a mi compañera de operaciones, que es quien "
            "lleva el presupuesto."
        ),
        "Sí, mándame el resumen, por favor 👍",
    ),
    declined=(
        (
            "Buenos días, {sender}:\n\ngracias, pero en enero renovamos con otro proveedor. "
            "Escríbeme "
            "el año que viene si quieres."
        ),
        "No me interesa. Por favor, dame de baja de la lista.",
    ),
    away="Gracias por tu mensaje. Estoy fuera de la oficina hasta el {back} y solo leeré el correo "
    "de vez en cuando. Para urgencias: oficina@example.com.",
    proposal="¡Qué buena noticia, {first}! ¿Qué te parece el miércoles a las 10:00 o el viernes a "
    "las 12:30? Media hora es suficiente; te mando la invitación.",
    settled=(
        "El miércoles a las 10 perfecto. Manda la invitación.",
        "El viernes a las 12:30. ¡Gracias!",
        "Uf, esa semana imposible. ¿La siguiente?",
    ),
    wrote="El {date}, {name} escribió:",
    regards="Un saludo,",
    about=(
        "Quince años en ventas B2B, casi siempre en equipos más pequeños de lo que debían ser.",
        "Me gustan las palabras claras, las reuniones cortas y los números que cuadran.",
        "Ayudo a pymes a vender más sin contratar más. Exconsultora, corredora lenta 🏃",
        "Mentor, ponente, padre de dos. ¡El café, solo! ☕",
        "Montando la segunda oficina; siempre en busca de gente buena 🚀",
    ),
)
