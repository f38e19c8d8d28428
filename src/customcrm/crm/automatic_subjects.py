"""What the subjects of messages begin with that a machine has sent, in many languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Automatic(StrEnum):
    """What a machine has sent."""

    AWAY = "away"
    UNDELIVERABLE = "undeliverable"
    RECEIPT = "receipt"
    REPLY = "reply"


BEGINNINGS: Final[Mapping[Automatic, str]] = {
    Automatic.AWAY: """
        out of office | out of the office | out of office reply | ooo | away from office
        away from the office | away from my desk | vacation reply | vacation response
        vacation notice | absence notice | i am out of the office | i'm out of the office
        on vacation: | on leave: | annual leave: | on holiday: | parental leave:
        maternity leave: | abwesenheitsnotiz | abwesenheitsmeldung
        abwesenheitsbenachrichtigung | abwesenheitsassistent | abwesenheit: | abwesend:
        nicht im büro | ich bin nicht im büro | urlaub: | außer haus: | absence du bureau
        absent du bureau | absente du bureau | message d'absence | notification d'absence
        avis d'absence | absence: | absent: | absente: | en congés: | fuera de la oficina
        fuera de oficina | mensaje de ausencia | aviso de ausencia | ausencia: | ausente:
        de vacaciones: | fuori ufficio | fuori dall'ufficio | messaggio di assenza
        avviso di assenza | assenza: | assente: | in ferie: | fora do escritório
        fora da empresa | aviso de ausência | mensagem de ausência | ausência: | férias:
        niet op kantoor | niet aanwezig | afwezigheidsbericht | afwezigheidsmelding
        afwezigheid: | afwezig: | poza biurem | nieobecność w biurze | nieobecność: | nieobecny:
        jestem poza biurem | frånvaromeddelande | frånvaro: | frånvarande | ej på kontoret
        inte på kontoret | ikke på kontoret | ikke til stede | fraværsbesked | fravær:
        fraværende | fraværsmelding | poissaoloilmoitus | poissaolo: | poissa: | olen poissa
        lomalla: | mimo kancelář | nepřítomnost: | oznámení o nepřítomnosti | mimo kancelárie
        házon kívül | irodán kívül | távolléti üzenet | în afara biroului | absență:
        ofis dışında | ofis dışındayım | вне офиса | нет на месте | отсутствие на рабочем месте
        в отпуске: | поза офісом | εκτός γραφείου | fora de l'oficina | izvan ureda
        izven pisarne | 不在: | 不在通知 | 不在のお知らせ | 外出中 | 不在办公室 | 休假 | 부재중
        מחוץ למשרד | خارج المكتب | อยู่นอกสำนักงาน | vắng mặt | di luar kantor
    """,
    Automatic.UNDELIVERABLE: """
        undeliverable | undeliverable mail | undelivered mail | undelivered message
        delivery status notification | delivery failure | delivery failed | delivery has failed
        delivery delayed: | delivery incomplete: | delivery error: | delivery report:
        mail delivery failed | mail delivery failure | mail delivery subsystem
        mail delivery system | mail system error | mail undeliverable | failure notice
        failed delivery: | returned mail: | returned to sender: | message not delivered
        message undeliverable | message delivery failure | non delivery: | nondeliverable
        non-delivery report | your message couldn't be delivered | your message wasn't delivered
        warning: could not send message | could not deliver | bounced mail | unzustellbar
        unzustellbarkeitsbericht | nicht zugestellt | nachricht nicht zugestellt
        nicht zustellbar | unzustellbare nachricht | zustellung fehlgeschlagen
        fehler bei der zustellung | verzögerte zustellung | non remis | non distribuable
        non distribué | message non remis | échec de la remise | échec de livraison
        échec de remise | échec de la distribution | remise impossible | impossible de remettre
        notification d'état de remise | no se puede entregar | no se puede entregar el mensaje
        no entregado | no se ha podido entregar | no se pudo entregar | error de entrega
        error en la entrega | correo no entregado | mensaje no entregado
        notificación de estado de entrega | devuelto al remitente | mancato recapito
        non recapitabile | impossibile recapitare | messaggio non recapitato | mancata consegna
        recapito non riuscito | notifica sullo stato di recapito | não entregue
        não é possível entregar | não foi possível entregar | falha na entrega
        mensagem não entregue | notificação de status de entrega | onbestelbaar | niet bezorgd
        niet afgeleverd | bezorging mislukt | aflevering mislukt | onbestelbaar bericht
        nie dostarczono | niedostarczone | niedostarczalne | nie można dostarczyć
        zwrot wiadomości | błąd doręczenia | ej levererat | kunde inte levereras
        går inte att leverera | olevererbart | det gick inte att leverera | misslyckad leverans
        kan ikke leveres | kunne ikke leveres | ikke leveret | ikke levert
        levering mislykkedes | levering mislyktes | toimittaminen epäonnistui | ei voi toimittaa
        ei voitu toimittaa | toimittamaton | nedoručitelné | nedoručeno | nelze doručit
        doručení se nezdařilo | nedoručiteľné | kézbesíthetetlen | sikertelen kézbesítés
        nelivrabil | nelivrat | livrare eșuată | teslim edilemedi | teslim edilemeyen
        iletilemedi | не доставлено | недоставленное | недоставленное сообщение
        не удалось доставить | сообщение не доставлено | недоставлено | не вдалося доставити
        δεν παραδόθηκε | αποτυχία παράδοσης | no s'ha pogut lliurar | 配信不能 | 配信できません
        送信できませんでした | 未送达 | 未傳遞 | 无法送达 | 無法傳遞 | 退信 | 系统退信
        배달되지 않음 | 배달 실패 | 반송 | לא ניתן למסירה | تعذر التسليم | غير قابل للتسليم
    """,
    Automatic.RECEIPT: """
        read: | not read: | read receipt | return receipt | delivery receipt | delivered:
        relayed: | gelesen: | ungelesen gelöscht: | lesebestätigung | empfangsbestätigung
        übermittelt: | zugestellt: | lu: | non lu: | accusé de réception | accusé de lecture
        confirmation de lecture | remis: | leído: | no leído: | acuse de recibo
        confirmación de lectura | entregado: | letto: | non letto: | conferma di lettura
        ricevuta di ritorno | ricevuta di lettura | recapitato: | lido: | lida: | não lido:
        não lida: | confirmação de leitura | recibo de leitura | entregue: | gelezen:
        niet gelezen: | leesbevestiging | ontvangstbevestiging | bezorgd: | przeczytano:
        potwierdzenie przeczytania | potwierdzenie odbioru | dostarczono: | läst: | oläst:
        läskvitto | levererat: | læst: | kvittering for læsning | leveret: | lest: | ulest:
        levert: | lesebekreftelse | luettu: | lukukuittaus | toimitettu: | přečteno:
        potvrzení o přečtení | doručeno: | prečítané: | olvasva: | olvasási visszaigazolás
        kézbesítve: | citit: | livrat: | okundu: | teslim edildi: | прочитано: | прочтено:
        доставлено: | уведомление о прочтении | αναγνώστηκε: | 開封済み | 開封確認 | 已读 | 已讀
        已送达 | 읽음 | נקרא: | تمت القراءة
    """,
    Automatic.REPLY: """
        automatic reply | automatic response | automatic answer | automated reply
        automated response | automated message | auto reply | auto response | auto: | autoreply
        autoresponse | autoresponder | this is an automated | we have received your request
        we have received your message | we have received your email
        we've received your request | we've received your message | we've received your email
        we received your request | we received your message | we received your email
        your request has been received | your message has been received
        your email has been received | request received | ticket received | ticket created
        new ticket created | thank you for contacting | thanks for contacting
        support ticket opened | ticket has been created | your ticket has been
        your support ticket | your request # | automatische antwort | autoantwort
        automatische rückmeldung | automatische nachricht | eingangsbestätigung
        ihre anfrage ist eingegangen | wir haben ihre anfrage erhalten
        wir haben ihre nachricht erhalten | wir haben ihre e-mail erhalten | réponse automatique
        message automatique | nous avons bien reçu votre demande
        nous avons bien reçu votre message | nous avons bien reçu votre e-mail
        respuesta automática | contestación automática | mensaje automático
        hemos recibido su solicitud | hemos recibido su mensaje | hemos recibido tu solicitud
        hemos recibido tu mensaje | risposta automatica | messaggio automatico
        abbiamo ricevuto la tua richiesta | abbiamo ricevuto la sua richiesta
        abbiamo ricevuto il tuo messaggio | resposta automática | mensagem automática
        recebemos a sua solicitação | recebemos sua solicitação | recebemos sua mensagem
        recebemos a sua mensagem | automatisch antwoord | automatisch beantwoord
        automatisch bericht | wij hebben uw bericht ontvangen | we hebben je bericht ontvangen
        automatyczna odpowiedź | odpowiedź automatyczna | autoodpowiedź
        otrzymaliśmy twoje zgłoszenie | autosvar | automatiskt svar | automatiskt meddelande
        automatisk svar | automatisk besked | automatisk melding | automaattinen vastaus
        automaattivastaus | automatická odpověď | automatická odpoveď | automatikus válasz
        răspuns automat | otomatik yanıt | otomatik cevap | автоматический ответ | автоответ
        автоматична відповідь | автоматичен отговор | αυτόματη απάντηση | resposta automàtica
        automatski odgovor | samodejni odgovor | automaatvastus | automātiska atbilde
        automatinis atsakymas | trả lời tự động | balasan otomatis | 自動応答 | 自動返信
        自动答复 | 自动回复 | 自動回覆 | 自動回復 | 자동 회신 | 자동 응답 | 자동회신
        תשובה אוטומטית | מענה אוטומטי | رد تلقائي | الرد التلقائي | การตอบกลับอัตโนมัติ
        ตอบกลับอัตโนมัติ
    """,
}
"""In this order: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish,
Danish, Norwegian, Finnish, Czech, Slovak, Hungarian, Romanian, Turkish, Russian, Ukrainian, Greek
and others. Separated by `|` or by lines. One that ends with a colon is also an ordinary word: it
counts only if a colon follows it, or nothing."""
