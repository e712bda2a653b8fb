"""The customers of the demo agencies: invented, written in the scripts in which such people write their names."""

from tembea.demo.model import Person


def _people(domain: str, rows: str) -> tuple[Person, ...]:
    """A person a line: name, address before the @, number, language, source."""
    found: list[Person] = []
    for line in rows.strip().splitlines():
        name, mailbox, phone, language, source = (part.strip() for part in line.split(";"))
        found.append(Person(name, f"{mailbox}@{domain}", phone, language, source))
    return tuple(found)


AFRICASTAY = _people(
    "mail.example",
    """
    Lerato Molefe; lerato.molefe; +27825550160; en; email
    Johan and Riana Botha; bothas; +27825550161; af; email
    Siobhán O'Connell; siobhan; +353205550162; en; email
    Łukasz Wiśniewski; lukasz.w; +48225550163; en; web
    Zeynep Õzer-Güneş; zeynep.og; +902125550164; en; web
    Priya Naidoo; priya.naidoo; +27825550165; en; email
    Thabo Nkosi; thabo.nkosi; +27825550166; en; phone
    Ñandú Quispe; nandu; +51155550167; en; web
    Anke Müller-Lüdenscheidt; anke; +49305550168; de; email
    François-Xavier Kouamé; fx.kouame; +33155550169; fr; email
    王芳 (Wang Fang); wang.fang; +861055550170; en; web
    Μαρία Παπαδοπούλου; maria.p; +302105550171; en; email
    Ольга Сидоренко; olga.s; +380445550172; en; email
    محمد العلي; m.alali; +971445550173; en; web
    Nomvula Dlamini; nomvula; +27825550174; en; email
    Hendrik Oosthuizen; hendrik.o; +27825550175; af; phone
    Chloé van der Merwe; chloe.vdm; +27825550176; en; email
    Kagiso Tau; kagiso.tau; +27825550177; en; web
    佐藤 美咲 (Sato Misaki); misaki.sato; +81355550178; en; web
    Ayodele Fashola; ayo.fashola; +23415550179; en; email
    Ingrid Bjørnstad; ingrid.b; +4722550180; en; email
    Grace Wanjiru; grace.w; +254205550181; en; phone
    Rajesh Pillay; rajesh.pillay; +27825550182; en; email
    Elmarie Steyn; elmarie; +27825550183; af; email
    Tomáš Dvořák; tomas.dvorak; +420225550184; en; web
    Aaliyah Jacobs; aaliyah.j; +27825550185; en; email
    Bongani Zulu; bongani.z; +27825550186; en; email
    Isabella Ferreira Dias; isabella.fd; +351215550187; en; email
    Kwame Boateng; kwame.b; +233305550188; en; web
    Marieke de Jong; marieke; +31205550189; en; email
    Sipho and Thandeka Cele; the.celes; +27825550190; en; email
    अंजलि शर्मा (Anjali Sharma); anjali.s; +911155550191; en; web
    Daniel Goldberg; d.goldberg; +27825550192; en; phone
    Refilwe Mashaba; refilwe; +27825550193; en; email
    Åsa Lindqvist; asa.l; +4685550194; en; email
    Carlos Peña Núñez; carlos.pn; +34915550195; en; web
    Yusuf Patel; yusuf.patel; +27825550196; en; email
    Hannah Whitfield; hannah.w; +442055550197; en; email
    Musa Chirwa; musa.chirwa; +265155550198; en; web
    Lindiwe Mabuza; lindiwe.m; +27825550199; en; email
    """,
)

INDIGO = _people(
    "correio.example",
    """
    Inês Carvalho; ines.carvalho; +351910000160; en; email
    João Pedro Saraiva; jp.saraiva; +351910000161; en; email
    Madalena Botelho; madalena.b; +351910000162; en; phone
    Søren Kjær; soren.kjaer; +4532550163; en; web
    Geneviève Lefèbvre; genevieve; +33155550164; fr; email
    Jürgen Weiß; juergen.weiss; +49305550165; de; email
    Aoife Ní Bhriain; aoife.nb; +353205550166; en; email
    Małgorzata Żukowska; malgorzata.z; +48225550167; en; web
    Ștefan Țurcanu; stefan.t; +40215550168; en; web
    Ελένη Νικολάου; eleni.n; +302105550169; en; email
    Дмитро Коваленко; dmytro.k; +380445550170; en; email
    يوسف بنعلي; y.benali; +212525550171; fr; web
    李 伟 (Li Wei); li.wei; +861055550172; en; web
    Gonçalo Meneses; goncalo.m; +351910000173; en; email
    Beatrix Hölzl; beatrix.h; +43155550174; de; email
    Camille Dubois; camille.dubois; +33155550175; fr; email
    Rui Tavares Pinto; rui.tp; +351910000176; en; phone
    Eilidh MacKinnon; eilidh; +441315550177; en; email
    Matteo D'Angelo; matteo.da; +39065550178; en; web
    Annelies Vermeulen; annelies.v; +3225550179; en; email
    Zsófia Nagy; zsofia.nagy; +3615550180; en; web
    Luísa Évora; luisa.evora; +2385550181; en; email
    Björk Guðmundsdóttir Hall; bjork.gh; +3545550182; en; email
    Pauline Schneider; pauline.s; +49895550183; de; email
    Óscar Ibáñez; oscar.i; +34915550184; en; email
    Kristīne Bērziņa; kristine.b; +37165550185; en; web
    Marta Nowak; marta.nowak; +48225550186; en; email
    Tiago and Rita Lourenço; lourencos; +351910000187; en; email
    Emilie Haugen; emilie.h; +4722550188; en; web
    Vítor Hugo Prates; vh.prates; +351910000189; en; phone
    鈴木 健太 (Suzuki Kenta); kenta.s; +81355550190; en; web
    Florian Baumgartner; florian.b; +41445550191; de; email
    Noémie Rousseau; noemie.r; +33155550192; fr; email
    Dilnoza Karimova; dilnoza; +998715550193; en; web
    Henrique Vaz; henrique.vaz; +351910000194; en; email
    Charlotte Ashdown; c.ashdown; +442055550195; en; email
    Iker Etxeberria; iker.e; +34945550196; en; email
    Sanne de Wit; sanne; +31205550197; en; web
    Joana Freitas; joana.freitas; +351910000198; en; email
    Ana Sofia Quaresma; as.quaresma; +351910000199; en; email
    """,
)
