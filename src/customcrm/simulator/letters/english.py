"""Letters in English."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

ENGLISH: Final = Letters(
    topics=(
        "onboarding new customers",
        "sales forecasting",
        "late invoices",
        "hiring for sales",
        "customer support",
        "data quality",
    ),
    notes=(
        (
            "Hi {first}, I keep running into {company} while reading about {topic}. "
            "Would be glad to connect."
        ),
        (
            "Hi {first}, I work with a few teams in {city} on {topic} and would like to have you "
            "in my "
            "network."
        ),
        "",
    ),
    messages=(
        (
            "Thanks for connecting, {first}! At {us} we help teams with {topic}. "
            "How do you handle it at {company} today?"
        ),
        (
            "Hi {first}, floating this back to the top of your inbox 🙂 A customer about the "
            "size of "
            "{company} cut the time they spend on {topic} by a third. Worth 15 minutes next week?"
        ),
        (
            "Last note from me, {first}. If {topic} is not on your list this quarter, just say "
            "so and I "
            "will leave you in peace. If it is: shall I send you the two-page summary?"
        ),
    ),
    inmail=Letter(
        "{company} and {topic}",
        "Hi {first},\n\nI sent you a connection request the other day, but I know how these "
        "things go. In one sentence: {us} takes the manual work out of {topic}.\n\n"
        "Open to a short call?\n\n{sender}",
    ),
    emails=(
        Letter(
            "Quick question about {topic} at {company}",
            "Hi {first},\n\nWho looks after {topic} at {company}?\n\nI ask because we have just "
            "finished a project with another company in {city}: their team now gets four hours a "
            "week back, and nobody had to learn a new tool.\n\nIf that is you, would Tuesday or "
            "Thursday suit for a quick chat?",
        ),
        Letter(
            "Re: Quick question about {topic} at {company}",
            "Hi {first},\n\nI know your week is full, so here is the short version:\n\nwe look at "
            "how you do {topic} now, we show you the three places where time is lost, and you "
            "keep the report whether you buy anything or not.\n\nShall I send an example?",
        ),
        Letter(
            "Should I close your file?",
            "Hi {first},\n\nI have not heard back, which usually means one of three things: wrong "
            "person, wrong time, or my emails land among the newsletters.\n\nA one-word reply is "
            "plenty. Thanks either way!",
        ),
    ),
    interested=(
        (
            "Hi {sender},\n\nthanks for your patience. {topic} is indeed on our list for this "
            "quarter. Could you send some times for next week, preferably in the morning?"
        ),
        (
            "Sounds interesting. What does it cost for a team of about 20, and does it work with "
            "our "
            "own CRM?"
        ),
        (
            "Hi {sender}, good timing! Let's talk. I am adding my colleague from operations, she "
            "owns "
            "the budget."
        ),
        "Yes, send me the summary please 👍",
    ),
    declined=(
        (
            "Hello {sender},\n\nthank you, but we renewed with another supplier in January. Feel "
            "free "
            "to try again next year."
        ),
        "Not interested. Please remove me from your list.",
    ),
    away="Thank you for your message. I am out of the office until {back} and will read my email "
    "only now and then. In urgent cases please write to office@example.com.",
    proposal="Great to hear, {first}! How about 30 minutes on Wednesday at 10:00, or Friday at "
    "14:30 your time? I will send an invitation for whichever suits you.",
    settled=(
        "Wednesday at 10 works. Please send the invitation.",
        "Friday, 14:30. Looking forward to it!",
        "Both are bad, sorry. Can we do the week after?",
    ),
    wrote="On {date}, {name} wrote:",
    regards="Best regards,",
    about=(
        "Fifteen years in B2B, most of them in teams smaller than they should have been.",
        "I like plain words, short meetings and numbers that add up.",
        "Helping mid-sized companies sell more without hiring more. Ex-consultant, slow runner.",
        "Speaker, mentor, father of two. Opinions are my own ☕",
        "Currently building the second office; always looking for good people 🚀",
    ),
)
