"""Portuguese cues: phrases that say what the words around them are about."""

from collections.abc import Mapping

_TIME = {
    "negation": "não | nem | nunca | em vez de | em vez do | ao invés de",
    "by": "antes de | antes do dia | o mais tardar até",
    "ago": "atrás | há",
    "joined": "a | ao | para | até | - | e | para o dia | para dia",
    "move": "mudar | alterar | adiar | antecipar | remarcar | passar | trocar | reagendar",
    "extend": "prolongar | estender | mais | acrescentar | extra | adicionar",
    "shorten": "encurtar | reduzir | tirar | menos",
    "total": "no total | total | ao todo",
    "around": "cerca de | por volta de | por volta do dia | à volta de | aproximadamente",
    "correction": "desculpe | correção | quero dizer | aliás | afinal | digo | melhor",
    "money": "orçamento | preço | preços | custo | pagamento | cancelamento",
    "flexible": (
        "flexível | flexíveis | datas em aberto | sem datas | ainda sem datas | tanto faz quando | qualquer altura | "
        "qualquer data | mais ou menos | adiar ou antecipar | +/- | +- | um ou dois dias antes ou depois | "
        "datas por definir | alguma flexibilidade | podemos ajustar as datas"
    ),
    "inflexible": "não é flexível | não são flexíveis | datas fixas | sem flexibilidade | não somos flexíveis",
    "arrive": "chegada | chegar | chegamos | check-in | a partir de | início | chegando | com início",
    "depart": "partida | partir | partimos | viajar | viajamos | voo | voamos | sair | saída | ida | embarque",
    "return": "regresso | regressar | voltar | volta | até | regressamos | check-out | voltamos | retorno",
    "birth": "nasceu | nascido | nascida | aniversário | data de nascimento | faz anos | faz",
    "event": (
        "casamos | casamento | casar | casamo-nos | exame | cirurgia | operação | prazo | fatura de | pago em | "
        "proposta de"
    ),
    "past": (
        "estivemos | fomos | no ano passado | ano passado | mês passado | desde | ficámos | já estivemos | "
        "já fomos | ficamos em"
    ),
    "elsewhere": (
        "já reservado | já reservámos | já reservamos | por nossa conta | em casa de amigos | em casa de família | "
        "já tratado | já está reservado"
    ),
}
_PARTY = {
    "no_children": "sem crianças | sem filhos | não há crianças | nenhuma criança | sem os filhos | sem os miúdos",
    "child_aside": (
        "clube infantil | cama de bebé | berço | kids club | piscina infantil | menu infantil | cadeira de bebé | "
        "babysitter"
    ),
    "not_aged": "casamento | de casados | aniversário",
    "both": "ambos | ambas | os dois | gémeos | gêmeos",
    "singular_child": (
        "criança | filho | filha | menino | menina | miúdo | miúda | bebé | bebê | adolescente | neto | neta | "
        "sobrinho | sobrinha | rapaz | enteado | enteada | afilhado | afilhada | menor | mais novo | mais velho"
    ),
    "born": "nasceu em | nasceu a | nascido em | nascida em | data de nascimento | nasceu no dia",
    "turns": "faz | fará | tem | terá | vai fazer | completa",
    "stays_home": "ficam em casa | fica em casa | não vai connosco | não vão connosco | ficam com | fica com",
    "not_with": "sem | não",
    "own_child": "meu | minha | meus | minhas | nosso | nossa | nossos | nossas | seu | sua | neto* | neta* | sobrinh*",
    "child_noun": "diz | acha | recomendou | mora | trabalha",
    "so_total": "portanto | ou seja | no total | ao todo | =",
    "not_party": "mesa para | sala para | por",
    "all_adults": "todos adultos | só adultos | apenas adultos",
    "solo": "sozinho | sozinha | só eu | apenas eu | só para mim | a solo | uma pessoa | uma só pessoa",
    "lone_parent": (
        "mãe solteira | pai solteiro | eu e o meu filho | eu e a minha filha | meu filho e eu | minha filha e eu | "
        "eu e meu filho | eu e minha filha | eu e os meus filhos | só nós os dois | só eu e o meu | "
        "sozinha com o meu | sozinha com a minha"
    ),
}
_PLACE = {
    "seek": (
        "a | ao | à | às | aos | em | no | na | nas | nos | para | para as | para os | orçamento para | viagem a | "
        "viagem para | visitar | conhecer | ou | e | entre | depois | por"
    ),
    "seek_name": "viagem a | viagem para | orçamento para | férias em | lua de mel em | ir a | ir para | viajar para",
    "common_word": "nice | split | java | george",
    "heading": "destino | para onde",
    "number_before": "um | uma | dois | duas | três | 1 | 2 | 3 | 4 | 5 | 6",
    "not_a_place": (
        "o | a | os | as | um | uma | dois | duas | nosso | nossa | meu | minha | natal | páscoa | áfrica | "
        "janeiro | fevereiro | março | abril | maio | junho | julho | agosto | setembro | outubro | novembro | "
        "dezembro | nós"
    ),
    "neutral": "não longe de | não só | por que não | porque não | tanto faz",
    "origin": (
        "partida de | a partir de | saída de | voos de | saindo de | moramos em | vivemos em | moro em | de lisboa | "
        "voo de | partindo de"
    ),
    "transit": "via | escala em | ligação em | passando por",
    "ruled_out": (
        "não | exceto | em vez de | já fomos a | já fomos | já estivemos | estivemos em | estivemos nas | "
        "estivemos na | fomos a | fomos às | no ano passado em | sem ser | menos"
    ),
    "ruled_out_after": "está fora | no ano passado | já conhecemos | nem pensar",
    "place_aside": "airlines | embaixada | rua | avenida | universidade",
}
_MONEY = {
    "budget": (
        "orçamento | gastar | máximo | no máximo | até | não mais de | menos de | limite | dispomos de | temos | "
        "cerca de | entre | tenho | pagar | ultrapassar | disponível | teto | rondar | à volta de | são"
    ),
    "budget_after": (
        "orçamento | máximo | no máximo | para gastar | é o nosso limite | é o limite | disponíveis | seria ideal | "
        "é o máximo"
    ),
    "priced": (
        "fatura* | factura* | sinal | pago | pagámos | paguei | transferência de | reembolso | saldo | custava | "
        "proposta de | desconto | gorjeta | suplemento | anunciado"
    ),
    "priced_after": "sinal | reembolso | pagos | pago | de desconto | suplemento",
    "stretch": "ou até | no limite até | no máximo | quando muito",
    "label_pp": "por pessoa | pp",
    "label_pn": "por noite",
}
_LODGING = {
    "room_join": "e | , | & | + | mais | e um | e uma",
    "room_or": "ou",
    "room_and": "e | mais | &",
    "room_aside": (
        "serviço de quartos | casa de banho | sala de jantar | sala de reuniões | suplemento individual | "
        "em casa de | em casa"
    ),
    "room_reference": "o | por | no | cada | ao",
    "plural": (
        "quartos | quartos * | villas | tendas | apartamentos | casas | bungalows | bangalôs | cabanas | chalés | "
        "suites"
    ),
    "refused": "não | sem | nem | em vez de | ao invés de | não precisamos de",
    "refused_after": "não é necessário | não é preciso | desnecessário | não vale a pena",
    "board_aside": "sala de pequeno-almoço",
    "hotel_before": (
        "hotel : | hotel chamado | o hotel | no hotel | do hotel | hotel | recomendado | recomendou | tipo o | "
        "como o | preços para o"
    ),
    "hotel_at": "no | na | ficar no | com o | estadia no | noites no | hospedados no",
    "hotel_open": "ainda disponível | disponível | aberto | bom",
    "not_name": (
        "o | a | os | as | um | uma | no | na | do | da | ao | nosso | nossa | meu | minha | e | com | para | por | "
        "olá | bom | boa | hotel | que | este | safari | pequeno"
    ),
    "not_hotel": (
        "aeroporto | escola | universidade | natal | páscoa | janeiro | fevereiro | março | abril | maio | junho | "
        "julho | agosto | setembro | outubro | novembro | dezembro | quénia | kruger | cabo | áfrica | oceano | "
        "total | exmos | senhores | brasil | portugal | tofo | parque | ilha | norte | sul | delta | cataratas"
    ),
    "hotel_aside": "aeroporto | rua",
    "hotel_refused": "não | nunca | exceto | em vez do | menos o",
    "hotel_refused_after": "nunca mais | foi horrível",
}
_CONTACT = {
    "title": "sr | sra | dr | dra | eng | exmo | exma | senhor | senhora | prof | dona",
    "organisation": "lda | ltda | sa | agência | associação | escola | empresa | formulário | recursos humanos",
    "role": "diretor | diretora | gerente | responsável | departamento | secretária | rua | avenida | tel | fax",
    "not_my_phone": "fax | do meu marido | da minha mulher | não para | colega | emergência | urgência",
    "mobile": "telemóvel | telemovel | tlm | celular | cel | whatsapp | móvel | o meu número | ligue para | contacto",
    "landline": "tel | telefone | escritório | fixo | casa",
    "reply_other": (
        "responder para | responda para | enviar para | envie para | responder a | resposta para | o meu email é"
    ),
}
_KIND = {
    "auto_subject": "resposta automática* | ausência | ausente* | fora do escritório | não entregue",
    "auto_text": (
        "ausente do escritório | encontro-me ausente | estou ausente | fora do escritório | resposta automática | "
        "estou de férias até | acesso limitado | não pôde ser entregue | responderei assim que"
    ),
    "spam": (
        "seo | primeira página do google | auditoria gratuita | lotaria | loteria | bitcoin | cripto* | casino | "
        "empréstimo | backlinks | mais clientes | aumente as suas vendas | herança | criação de sites | seguidores"
    ),
    "wants": (
        "orçamento para | um orçamento | pedido de orçamento | cotação | quanto custa | quanto custaria | "
        "quanto fica | queremos | quero ir | gostaria | gostaríamos | gostava | gostávamos | procuramos | procuro | "
        "procuram | pretendemos | têm | vou viajar | interessados em | planear | planeamos | indecisos entre | "
        "o que há | o que têm | preço para | preços para | proposta para | queria | podem propor"
    ),
    "existing": (
        "a nossa reserva | nossa reserva | minha reserva | número da reserva | a proposta | vossa proposta | "
        "o orçamento que | a nossa viagem | nossa viagem | minha viagem | a nossa estadia | nossa estadia | "
        "reservámos convosco | reserva | reservamos com vocês | os nossos bilhetes | nosso voo"
    ),
    "booking": (
        "visto | bagagem | transfer* | vacina* | aeroporto | que horas | incluído | confirmar se | berço | "
        "bilhetes | lugares | malária | precisamos de | passagens"
    ),
    "change": (
        "ficar mais | noites a mais | mais duas noites | alterar | alteração* | mudar | adiar | antecipar | "
        "acrescentar | prolongar | em vez de | afinal | trocar | remarcar | adicionar | outro hotel | "
        "mais uma noite | reduzir"
    ),
    "change_strong": "alterar | adiar | remarcar | cancelar | mudar a nossa",
    "cancel": "cancelar | cancelamento | anular | desistir",
    "invoice": (
        "fatura* | factura* | pagamento* | sinal | saldo | transferência | reembolso | recibo | nif | comprovativo | "
        "comprovante | dados bancários | iban | nota de crédito | cobrado"
    ),
    "complaint": (
        "reclamar | reclamação* | desiludid* | decepcionad* | inaceitável | inadmissível | vergonha | vergonhoso | "
        "indemnização | indenização | sujo | suja | péssimo | péssima | horrível | ninguém responde | insatisfeit* | "
        "queixa | exijo | exigimos | advogado | mau serviço | livro de reclamações | pedido de desculpas"
    ),
    "complaint_strong": "reclamar | reclamação* | indemnização | indenização | queixa | exijo | exigimos",
    "accept": (
        "aceitamos | aceito | aceite a proposta | podem avançar | podem reservar | pode reservar | avancem | "
        "confirmamos | de acordo | estamos de acordo | fechado | podem confirmar | pode confirmar a reserva | "
        "vamos avançar | concordamos | por favor reserve* | queremos avançar | pode avançar"
    ),
    "accept_but": "mas podem | mas poderiam | não aceitamos | só se | antes de aceitar | não concordamos",
    "job": "candidatura | o meu currículo | meu currículo | curriculum vitae | estágio | vaga de | emprego",
    "newsletter": (
        "newsletter | cancelar subscrição | caro parceiro | caros parceiros | tarifas net | anular a subscrição"
    ),
    "misdirected": "enviado por engano | endereço errado | a sua encomenda | reunião de equipa | reunião de equipe",
}
_PARTS = {
    "closing": (
        "cumprimentos | com os melhores cumprimentos | melhores cumprimentos | atenciosamente | obrigado | obrigada | "
        "muito obrigado | muito obrigada | abraço | abraços | um abraço | saudações | cordialmente | "
        "desde já obrigado | desde já obrigada | com os meus cumprimentos | att | grato | grata | beijinhos | até breve"
    ),
    "disclaimer": "esta mensagem é confidencial | confidencial | enviado do meu | enviado a partir",
    "second_trip": "em segundo lugar | segunda viagem | uma segunda viagem | outra viagem | segundo pedido",
}
_FORMS = {
    "form_name": "nome | nome completo | o seu nome | seu nome | apelido | nome e apelido",
    "form_email": "e-mail | email | correio eletrónico | endereço de e-mail",
    "form_phone": "telefone | telemóvel | celular | contacto | número de telefone | contato",
    "form_destination": "destino | destinos | para onde | país",
    "form_origin": "cidade de partida | aeroporto de partida | origem | saída de",
    "form_check_in": (
        "chegada | data de chegada | data de ida | ida | datas | data | data da viagem | quando | mês da viagem | "
        "período"
    ),
    "form_check_out": "partida | data de partida | regresso | data de regresso | volta | data de volta | saída",
    "form_nights": "noites | número de noites | duração | estadia | dias | número de dias",
    "form_adults": "adultos | número de adultos | nº de adultos",
    "form_people": "pessoas | número de pessoas | viajantes | passageiros",
    "form_children": "crianças | número de crianças | crianças e idades | nº de crianças",
    "form_ages": "idades | idades das crianças | idade das crianças | idade",
    "form_rooms": "quartos | número de quartos | tipo de quarto | alojamento",
    "form_board": "regime | refeições | pensão",
    "form_budget": "orçamento | orçamento por pessoa | orçamento total | orçamento máximo",
    "form_hotel": "hotel | hotel preferido",
    "form_comments": "observações | mensagem | comentários | notas | comentário | outros | pedidos especiais",
    "form_aside": "fonte | campanha | como nos conheceu | enviado em | empresa | plataforma",
    "form_days": "dias | número de dias",
    "form_months": "mês | meses",
}

CUES: Mapping[str, str] = {
    **_TIME, **_PARTY, **_PLACE, **_MONEY, **_LODGING, **_CONTACT, **_KIND, **_PARTS, **_FORMS,
    "but": "mas | porém",
    "then": "depois",
}  # fmt: skip
