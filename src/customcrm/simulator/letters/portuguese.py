"""Letters in Portuguese, as written in Brazil."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

PORTUGUESE: Final = Letters(
    topics=(
        "integração de novos clientes",
        "previsão de vendas",
        "faturas em atraso",
        "contratação de vendedores",
        "atendimento ao cliente",
        "qualidade dos dados",
    ),
    notes=(
        "Oi {first}, acompanho o trabalho da {company} e gostaria de ter você na minha rede.",
        "Olá {first}, ajudo alguns times em {city} com {topic}. Vamos nos conectar?",
        "",
    ),
    messages=(
        (
            "Obrigada por aceitar, {first}! Na {us} ajudamos times com {topic}. "
            "Como vocês fazem isso hoje na {company}?"
        ),
        (
            "Oi {first}, passando para lembrar 🙂 Um cliente do tamanho da {company} gasta hoje um "
            "terço a menos de tempo com {topic}. Rolam 15 minutos na semana que vem?"
        ),
        (
            "Última mensagem, {first}, prometo. Se {topic} não é prioridade neste trimestre, é "
            "só me "
            "dizer. E se for: posso mandar o resumo de duas páginas?"
        ),
    ),
    inmail=Letter(
        "{company} e {topic}",
        "Olá {first},\n\nMandei um convite outro dia, mas sei como é a correria. Em uma frase: a "
        "{us} elimina o trabalho manual em {topic}.\n\nTopa uma conversa rápida?\n\n{sender}",
    ),
    emails=(
        Letter(
            "Uma pergunta rápida sobre {topic}",
            "Olá {first},\n\nQuem cuida de {topic} na {company}?\n\nPergunto porque acabamos de "
            "concluir um projeto em {city}: o time ganhou quatro horas por semana sem aprender uma "
            "ferramenta nova.\n\nSe for você, terça ou quinta funciona para uma conversa?",
        ),
        Letter(
            "RES: Uma pergunta rápida sobre {topic}",
            "Olá {first},\n\nSei que a semana está cheia, então vai a versão curta:\n\nolhamos "
            "como vocês trabalham hoje, mostramos os três pontos em que o tempo se perde, e o "
            "relatório fica com vocês, comprando ou não.\n\nPosso enviar um exemplo?",
        ),
        Letter(
            "Posso encerrar por aqui?",
            "Olá {first},\n\nNão tive resposta, e costuma ser uma de três coisas: pessoa errada, "
            "hora errada, ou meus e-mails caem em promoções.\n\nUma palavra basta. Obrigada de "
            "qualquer forma!",
        ),
    ),
    interested=(
        (
            "Olá {sender},\n\nobrigado pela paciência. Isso está mesmo na nossa lista deste "
            "trimestre. "
            "Pode me passar horários para a semana que vem, de preferência de manhã?"
        ),
        "Interessante. Quanto custa para um time de umas 20 pessoas? Integra com o nosso CRM?",
        (
            "Oi {sender}! Vamos conversar. Copio aqui minha colega de operações, é ela quem tem o "
            "orçamento."
        ),
        "Sim, manda o resumo, por favor 👍",
    ),
    declined=(
        (
            "Bom dia, {sender},\n\nobrigado, mas renovamos em janeiro com outro fornecedor. Pode "
            "me "
            "procurar no ano que vem."
        ),
        "Não tenho interesse. Por favor, me tire da lista.",
    ),
    away="Obrigado pela mensagem. Estou fora do escritório até {back} e vou ler os e-mails só de "
    "vez em quando. Urgências: escritorio@example.com.",
    proposal="Que ótimo, {first}! Pode ser quarta às 10h ou sexta às 14h30? Meia hora é "
    "suficiente; já mando o convite.",
    settled=(
        "Quarta às 10h está ótimo. Pode mandar o convite.",
        "Sexta, 14h30. Até lá!",
        "Nessa semana não consigo. Na outra?",
    ),
    wrote="Em {date}, {name} escreveu:",
    regards="Um abraço,",
    about=(
        "Quinze anos de vendas B2B, quase sempre em times menores do que deviam ser.",
        "Gosto de palavras claras, reuniões curtas e números que fecham.",
        "Ajudo empresas médias a vender mais sem contratar mais. Corredora lenta 🏃‍♀️",
        "Mentor, palestrante, pai de dois. Café sem açúcar ☕",
        "Abrindo o segundo escritório; sempre procurando gente boa 🚀",
    ),
)
