"""Portuguese, of Portugal, Brazil, Angola and Mozambique."""

from tembea.inbox.understand.languages.pt_cues import CUES
from tembea.inbox.understand.vocabulary import Vocabulary

PORTUGUESE = Vocabulary(
    code="pt",
    telltales="o os as um uma e de do da dos das em no na nos nas para com por não que se ao à às eu nós meu minha "
    "nosso nossa queremos gostaria gostaríamos somos olá bom boa dia tarde noite obrigado obrigada cumprimentos "
    "orçamento viagem noites pessoas adultos crianças quarto quartos dias semana semanas reserva mais até você vocês "
    "também está são tudo",
    numbers="zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete "
    "dezoito dezanove",
    tens="vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    ordinals="primeiro segundo terceiro quarto-dia quinto sexto sétimo oitavo nono décimo",
    months=(
        "janeiro | jan",
        "fevereiro | fev",
        "março | mar",
        "abril | abr",
        "maio | mai",
        "junho | jun",
        "julho | jul",
        "agosto | ago",
        "setembro | set",
        "outubro | out",
        "novembro | nov",
        "dezembro | dez",
    ),
    weekdays=(
        "segunda-feira | segunda feira",
        "terça-feira | terça",
        "quarta-feira | quarta feira",
        "quinta-feira | quinta",
        "sexta-feira | sexta feira",
        "sábado",
        "domingo",
    ),
    terms={
        "NUMWORD=2": "duas",
        "NUMWORD=10": "uma dezena de",
        "NUMWORD=12": "uma dúzia de | dúzia",
        "NUMWORD=14": "quatorze",
        "NUMWORD=16": "dezesseis",
        "NUMWORD=17": "dezessete",
        "NUMWORD=19": "dezenove",
        "ORD=1": "primeira | 1º | 1ª",
        "ORD=2": "segunda",
        "ORD=3": "terceira",
        "SCALE=100": "cem",
        "SCALE=1000": "mil",
        "SCALE=1000000": "milhão | milhões",
        "CUR=EUR": "euros",
        "CUR=USD": "dólares | dólar | dólares americanos",
        "CUR=ZAR": "rands | rand | randes",
        "CUR=GBP": "libras",
        "CUR=BRL": "reais | real",
        "CUR=MZN": "meticais | metical",
        "AND": "e | bem como",
        "PLUS": "mais",
        "OR": "ou | ou então",
        "TO": "a | ao | à | aos | às | para",
        "TILL": "até | até ao | até o | até à | até dia",
        "FROM": "a partir de | a partir do | a partir do dia | desde | desde o | com início em",
        "BETWEEN": "entre | entre o dia",
        "OF": "de | do | da | dos | das | d",
        "THE": "o | os | as | no dia | dia",
        "ART": "um | uma",
        "IN": "em | no | na | nos | nas | daqui a | durante | dentro de",
        "FOR": "por",
        "WITH": "com",
        "WITHOUT": "sem | exceto | excluindo",
        "THEN": "depois | e depois | seguido de | seguidas de",
        "NOT": "não | nem | nunca | nenhum | nenhuma | em vez de | ao invés de",
        "ANYWORD": "quaisquer",
        "EVERY": "cada",
        "BE": "é | são | sou | ser | tem | têm | está | estão | foi",
        "WILL": "será | serão | vai | vão | terá",
        "WHO": "que | quem",
        "SELF": "eu | mim | me",
        "WE": "nós | nos",
        "MY": "meu | minha | meus | minhas | o meu | a minha | os meus | as minhas",
        "OUR": "nosso | nossa | nossos | nossas | o nosso | a nossa | os nossos | as nossas",
        "THEIR": "seu | sua | seus | suas | dele | dela",
        "HE": "ele | ela",
        "YOUR": "vosso | vossa | vossos",
        "ALL": "todos | todas | toda",
        "BOTH": "ambos | ambas | os dois | as duas",
        "JUST": "só | apenas | somente",
        "IF": "se",
        "BUT": "mas | porém",
        "LIKE": "como | parecido com | do género do",
        "INCLUDING": "incluindo | inclusive",
        "OPTION": "opção | proposta",
        "OTHERADJ": "outros | outras | outro | outra | adicionais",
        "ADJ": (
            "grande | grandes | pequeno | pequena | bom | bonito | jovens | melhor | melhores | velhos | idosos | "
            "bela | queridos"
        ),
        "ALSO": "também",
        "NIGHT": "noite | noites | pernoite | pernoites | diárias",
        "DAY": "dias",
        "WEEK": "semana | semanas",
        "FORTNIGHT": "quinzena | uma quinzena | quinze dias | 15 dias",
        "MONTHU": "mês | meses",
        "YEARU": "ano | anos",
        "YEAR_OLD": "anos de idade | aninhos",
        "MONTH_OLD": "meses de idade",
        "WEEKEND": "fim de semana | fim-de-semana",
        "LONG_WEEKEND": "fim de semana prolongado | feriadão",
        "TODAY": "hoje | agora",
        "TOMORROW": "amanhã",
        "NEXT": "próximo | próxima | que vem | seguinte",
        "THIS": "este | esta | neste | nesta | deste | desta",
        "LAST": "último | última | passado | passada",
        "RELYEAR=0": "este ano | deste ano | neste ano",
        "RELYEAR=1": "próximo ano | do próximo ano | no próximo ano | ano que vem | do ano que vem | no ano que vem",
        "MID": "meados | meados de | em meados de | meio de",
        "EARLY": "início | início de | princípio de | no início de | começo de | inícios de | no começo de",
        "LATE": "fim de | finais de | final de | no fim de | no final de | fins de",
        "HALF": "metade | quinzena",
        "SEASON": (
            "verão | inverno | primavera | outono | época seca | época baixa | época alta | alta temporada | "
            "baixa temporada"
        ),
        "SCHOOL_HOLIDAY": "férias escolares | férias",
        "FEAST=12": "natal | férias do natal | férias de natal | quadra natalícia",
        "EASTER": "páscoa | fim de semana da páscoa | fim-de-semana da páscoa",
        "EASTER_HOLIDAY": "férias da páscoa | férias de páscoa",
        "AROUND": (
            "cerca de | aproximadamente | por volta de | por volta do dia | à volta de | mais ou menos | uns | "
            "umas | por volta"
        ),
        "TURN": "faz | fará | completa | vai fazer",
        "TOTAL": "no total | total | ao todo",
        "ADULT": "adulto | adultos | adultas | ad",
        "PERSON": "pessoa | pessoas | pax | viajantes | hóspedes | passageiros | participantes",
        "GROUP": (
            "mergulhadores | golfistas | colegas | colaboradores | funcionários | senhoras | homens | mulheres | "
            "reformados | aposentados | membros | professores | surfistas | ciclistas | irmãos | irmãs | primos | "
            "médicos"
        ),
        "FRIEND": "amigo | amigos | amiga | amigas",
        "COUPLE": (
            "casal | lua de mel | lua-de-mel | nós dois | nós os dois | recém-casados | só nós dois | a dois | "
            "viagem a dois | avós"
        ),
        "COUPLES": "casais",
        "HEADS=3": "nós três | os três",
        "HEADS=4": "nós quatro | os quatro",
        "FEW": "alguns | algumas | vários | várias | um par de",
        "SPOUSE": (
            "marido | mulher | esposa | esposo | namorado | namorada | companheiro | companheira | noivo | noiva | "
            "parceiro | parceira | cônjuge"
        ),
        "PARENTS": "pais | sogros",
        "RELATIVE": (
            "mãe | pai | avó | avô | irmão | irmã | tia | tio | prima | primo | sogra | sogro | cunhada | cunhado | "
            "colega"
        ),
        "CHILD": (
            "criança | crianças | miúdo | miúdos | miúda | miúdas | pequenos | menor | menores | mais novo | "
            "mais velho | garotos"
        ),
        "KIN": (
            "filho | filhos | filha | filhas | menino | meninos | menina | meninas | neto | netos | neta | netas | "
            "sobrinho | sobrinha | sobrinhos | rapaz | rapazes | enteado | enteada | afilhado | afilhada"
        ),
        "PUPIL": "alunos | estudantes",
        "TWINS": "gémeos | gêmeos | gémeas | gêmeas",
        "TRIPLETS": "trigémeos",
        "INFANT": "bebé | bebê | bebés | bebês | recém-nascido",
        "TEEN": "adolescente | adolescentes",
        "AGED": "idade | idades | com idades de | com idade de | com idades entre",
        "FAMILY": "família | família de | família com",
        "PARTY_OF": "somos | seremos | grupo de | vamos ser | somos um grupo de",
        "ROOM": "quarto | quartos | dormitório | suíte de hotel",
        "ROOMTYPE": (
            "quarto duplo | quartos duplos | quarto individual | quartos individuais | quarto familiar | "
            "quartos familiares | quarto triplo | quarto single | quarto de casal | quartos twin | quarto quádruplo | "
            "quartos triplos | quarto de solteiro | quarto twin"
        ),
        "UNIT": (
            "villa | villas | apartamento | apartamentos | tenda | tendas | casa | casa na praia | casas | bungalow | "
            "bungalows | bangalô | bangalôs | moradia | cabana | cabanas | chalé | chalés | vila | suite | suites"
        ),
        "BOARD=RO": (
            "só alojamento | sem refeições | apenas alojamento | só dormida | cozinhar nós | somente hospedagem | "
            "sem pensão"
        ),
        "BOARD=BB": (
            "pequeno-almoço | pequeno almoço | café da manhã | café-da-manhã | alojamento e pequeno-almoço | mata-bicho"
        ),
        "BOARD=HB": "meia pensão | meia-pensão | pequeno-almoço e jantar | café da manhã e jantar",
        "BOARD=FB": "pensão completa | todas as refeições | refeições incluídas | três refeições",
        "BOARD=AI": (
            "tudo incluído | tudo incluso | tudo-incluído | refeições e bebidas | bebidas incluídas | "
            "regime tudo incluído"
        ),
        "PP": "por pessoa | por cabeça | cada | cada um | por adulto | p p | por participante | por aluno",
        "PN": (
            "por noite | a noite | à noite por quarto | por dia | por quarto | por quarto por noite | "
            "por noite por quarto | por quarto e noite | diária"
        ),
        "PPPN": (
            "por pessoa por noite | por pessoa e por noite | por pessoa e noite | por noite por pessoa | "
            "por noite e por pessoa | por pessoa por dia"
        ),
        "TOTALMONEY": (
            "no total | total | ao todo | para os dois | para nós dois | para todos | para o casal | para a família | "
            "para o grupo | para ambos | tudo junto | por casal | para nós os dois"
        ),
        "HOTEL": "hotel | hotéis | pousada | alojamento",
    },
    cues=CUES,
    trailing=frozenset({"NEXT"}),
    region="PT",
)
