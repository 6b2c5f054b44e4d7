#include "commands/demonstration_names.h"

/* --- numbers --- */

unsigned example_number(struct example_random *r, unsigned below)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return (unsigned)((r->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

bool example_chance(struct example_random *r, unsigned percent)
{
	return example_number(r, 100) < percent;
}

const char *example_choice(struct example_random *r, const char *const *list)
{
	unsigned count = 0;

	while (list[count] != NULL)
		count++;
	return list[example_number(r, count)];
}

/* --- lists: one for each way of writing, apart for men and women where the forms differ --- */

struct naming {
	const char *const *men, *const *women;			/* given names */
	const char *const *sons, *const *daughters;		/* patronymics, in one order */
	const char *const *surnames_men, *const *surnames_women;	/* in one order */
};

static const char *const russian_men[] = { "Александр", "Алексей", "Андрей", "Борис", "Василий", "Виктор", "Владимир", "Геннадий", "Григорий",
	"Дмитрий", "Евгений", "Иван", "Константин", "Михаил", "Николай", "Олег", "Павел", "Пётр", "Сергей", "Фёдор", "Юрий", NULL };
static const char *const russian_women[] = { "Александра", "Алёна", "Анна", "Валентина", "Вера", "Галина", "Екатерина", "Елена", "Ирина", "Ксения",
	"Лариса", "Любовь", "Людмила", "Марина", "Мария", "Надежда", "Наталья", "Ольга", "Светлана", "Татьяна", "Юлия", NULL };
static const char *const russian_sons[] = { "Александрович", "Алексеевич", "Андреевич", "Борисович", "Васильевич", "Викторович", "Владимирович",
	"Григорьевич", "Дмитриевич", "Иванович", "Михайлович", "Николаевич", "Павлович", "Петрович", "Семёнович", "Сергеевич", "Фёдорович",
	"Юрьевич", NULL };
static const char *const russian_daughters[] = { "Александровна", "Алексеевна", "Андреевна", "Борисовна", "Васильевна", "Викторовна",
	"Владимировна", "Григорьевна", "Дмитриевна", "Ивановна", "Михайловна", "Николаевна", "Павловна", "Петровна", "Семёновна", "Сергеевна",
	"Фёдоровна", "Юрьевна", NULL };
static const char *const russian_surnames_men[] = { "Агапов", "Белоусов", "Воробьёв", "Горшков", "Данилов", "Ершов", "Журавлёв", "Зимин", "Кочетков",
	"Лебедев", "Максимов", "Нестеров", "Овчинников", "Панов", "Родионов", "Савельев", "Тарасов", "Ульянов", "Филатов", "Хохлов", "Чернов",
	"Шилов", "Щербаков", "Яшин", NULL };
static const char *const russian_surnames_women[] = { "Агапова", "Белоусова", "Воробьёва", "Горшкова", "Данилова", "Ершова", "Журавлёва", "Зимина",
	"Кочеткова", "Лебедева", "Максимова", "Нестерова", "Овчинникова", "Панова", "Родионова", "Савельева", "Тарасова", "Ульянова", "Филатова",
	"Хохлова", "Чернова", "Шилова", "Щербакова", "Яшина", NULL };

/* Tatar and Bashkir names in Russian spelling, as most documents have them. */
static const char *const plain_men[] = { "Айдар", "Альберт", "Азамат", "Булат", "Вадим", "Дамир", "Ильгиз", "Ильдар", "Ильшат", "Ирек", "Марат",
	"Наиль", "Радик", "Рамиль", "Расим", "Ринат", "Рустам", "Салават", "Тимур", "Урал", "Фанис", "Фарит", "Хайдар", "Шамиль", "Юлай", NULL };
static const char *const plain_women[] = { "Айгуль", "Алия", "Альбина", "Альфия", "Венера", "Гузель", "Гульнара", "Гульшат", "Дина", "Залия", "Зиля",
	"Зульфия", "Лейсан", "Лилия", "Миляуша", "Назира", "Разиля", "Рима", "Румия", "Салима", "Фания", "Флюра", "Хадия", "Эльвира", "Юлдуз",
	NULL };
static const char *const plain_sons[] = { "Айратович", "Азатович", "Булатович", "Вакилович", "Галимович", "Закирович", "Ильдарович", "Камилевич",
	"Маратович", "Мидхатович", "Наилевич", "Рашитович", "Ринатович", "Робертович", "Талгатович", "Фанисович", "Хамитович", "Шамилевич",
	"Юнирович", NULL };
static const char *const plain_daughters[] = { "Айратовна", "Азатовна", "Булатовна", "Вакиловна", "Галимовна", "Закировна", "Ильдаровна", "Камилевна",
	"Маратовна", "Мидхатовна", "Наилевна", "Рашитовна", "Ринатовна", "Робертовна", "Талгатовна", "Фанисовна", "Хамитовна", "Шамилевна",
	"Юнировна", NULL };
static const char *const plain_surnames_men[] = { "Абдуллин", "Ахметов", "Бикбулатов", "Валеев", "Галимов", "Гарипов", "Давлетшин", "Еникеев",
	"Закиров", "Ибрагимов", "Исламов", "Каримов", "Латыпов", "Мухаметов", "Набиев", "Рахматуллин", "Сагитов", "Тимербаев", "Узянбаев",
	"Файзуллин", "Хабибуллин", "Хасанов", "Шайхутдинов", "Юлдашев", "Юсупов", "Янбердин", NULL };
static const char *const plain_surnames_women[] = { "Абдуллина", "Ахметова", "Бикбулатова", "Валеева", "Галимова", "Гарипова", "Давлетшина",
	"Еникеева", "Закирова", "Ибрагимова", "Исламова", "Каримова", "Латыпова", "Мухаметова", "Набиева", "Рахматуллина", "Сагитова",
	"Тимербаева", "Узянбаева", "Файзуллина", "Хабибуллина", "Хасанова", "Шайхутдинова", "Юлдашева", "Юсупова", "Янбердина", NULL };

static const char *const bashkir_men[] = { "Айҙар", "Вәкил", "Ғайса", "Ғәли", "Дамир", "Заһир", "Иҙел", "Илһам", "Ишҡәле", "Кинйәбулат", "Мөхәмәт",
	"Нәбиулла", "Рәшит", "Сәлмән", "Таһир", "Үлмәҫбай", "Ҡаһарман", "Һибәт", "Һаҙый", "Шәрифулла", "Юламан", NULL };
static const char *const bashkir_women[] = { "Айһылыу", "Әлфиә", "Бәҙернур", "Ғәлиә", "Гөлнара", "Гөлсәсәк", "Гүзәл", "Ғәҙилә", "Зөһрә", "Зәйнәп",
	"Көнһылыу", "Ләйсән", "Миләүшә", "Нәфисә", "Сәриә", "Таңһылыу", "Фәнзилә", "Хәҙисә", "Һәҙиә", "Һылыубикә", "Шәүрә", NULL };
static const char *const bashkir_sons[] = { "Айҙар улы", "Вәкил улы", "Ғәли улы", "Заһир улы", "Илһам улы", "Мөхәмәт улы", "Рәшит улы", "Сәғит улы",
	"Таһир улы", "Фәтих улы", "Хәмит улы", "Һаҙый улы", NULL };
static const char *const bashkir_daughters[] = { "Айҙар ҡыҙы", "Вәкил ҡыҙы", "Ғәли ҡыҙы", "Заһир ҡыҙы", "Илһам ҡыҙы", "Мөхәмәт ҡыҙы", "Рәшит ҡыҙы",
	"Сәғит ҡыҙы", "Таһир ҡыҙы", "Фәтих ҡыҙы", "Хәмит ҡыҙы", "Һаҙый ҡыҙы", NULL };
static const char *const bashkir_surnames_men[] = { "Аҡсурин", "Әлмөхәмәтов", "Бикҡужин", "Вәлиев", "Ғәлимов", "Ғөбәйҙуллин", "Дәүләтбаев", "Зәйнуллин",
	"Иҫәнғолов", "Көсөкбаев", "Ҡыҙырғолов", "Мөлөков", "Нәҙершин", "Сәғитов", "Төхвәтуллин", "Үтәғолов", "Үҙәнбаев", "Фәйзуллин", "Хәсәнов",
	"Һөйөндөков", "Шәрипов", "Яңыбаев", NULL };
static const char *const bashkir_surnames_women[] = { "Аҡсурина", "Әлмөхәмәтова", "Бикҡужина", "Вәлиева", "Ғәлимова", "Ғөбәйҙуллина", "Дәүләтбаева",
	"Зәйнуллина", "Иҫәнғолова", "Көсөкбаева", "Ҡыҙырғолова", "Мөлөкова", "Нәҙершина", "Сәғитова", "Төхвәтуллина", "Үтәғолова", "Үҙәнбаева",
	"Фәйзуллина", "Хәсәнова", "Һөйөндөкова", "Шәрипова", "Яңыбаева", NULL };

static const char *const tatar_men[] = { "Җәлил", "Җәүдәт", "Гаяз", "Миңнехан", "Мөнир", "Сәлим", "Рөстәм", "Фәнис", "Һади", NULL };
static const char *const tatar_women[] = { "Җәмилә", "Гөлүсә", "Миңзифа", "Рәмзия", "Сөмбел", "Фирүзә", "Һаҗәр", NULL };
static const char *const tatar_sons[] = { "Җәүдәт улы", "Миңнехан улы", "Рөстәм улы", "Фәнис улы", "Һади улы", NULL };
static const char *const tatar_daughters[] = { "Җәүдәт кызы", "Миңнехан кызы", "Рөстәм кызы", "Фәнис кызы", "Һади кызы", NULL };
static const char *const tatar_surnames_men[] = { "Җиһаншин", "Гыйләҗев", "Миңнебаев", "Нәҗмиев", "Шәйхетдинов", "Яруллин", NULL };
static const char *const tatar_surnames_women[] = { "Җиһаншина", "Гыйләҗева", "Миңнебаева", "Нәҗмиева", "Шәйхетдинова", "Яруллина", NULL };

static const struct naming russian = { .men = russian_men, .women = russian_women, .sons = russian_sons, .daughters = russian_daughters,
	.surnames_men = russian_surnames_men, .surnames_women = russian_surnames_women };
static const struct naming plain = { .men = plain_men, .women = plain_women, .sons = plain_sons, .daughters = plain_daughters,
	.surnames_men = plain_surnames_men, .surnames_women = plain_surnames_women };
static const struct naming bashkir = { .men = bashkir_men, .women = bashkir_women, .sons = bashkir_sons, .daughters = bashkir_daughters,
	.surnames_men = bashkir_surnames_men, .surnames_women = bashkir_surnames_women };
static const struct naming tatar = { .men = tatar_men, .women = tatar_women, .sons = tatar_sons, .daughters = tatar_daughters,
	.surnames_men = tatar_surnames_men, .surnames_women = tatar_surnames_women };

/* --- people --- */

bool example_person(struct example_random *r, struct buf *out)
{
	unsigned share = example_number(r, 100);
	const struct naming *n = share < 30 ? &russian : share < 72 ? &plain : share < 94 ? &bashkir : &tatar;
	bool woman = example_chance(r, 72);		/* as in the halls of village libraries */

	buf_adds(out, example_choice(r, woman ? n->surnames_women : n->surnames_men));
	buf_addc(out, ' ');
	buf_adds(out, example_choice(r, woman ? n->women : n->men));
	buf_addc(out, ' ');
	buf_adds(out, example_choice(r, woman ? n->daughters : n->sons));
	return woman;
}

void example_phone(unsigned number, struct buf *out)
{
	buf_addf(out, "+7917000%04u", number % 10000);
}

/* --- organisations --- */

void example_organisation(struct example_random *r, const char *place, struct buf *out)
{
	static const char *const forms[] = { "АНО", "АНО", "РОО", "МОО", "БФ", "НКО", NULL };
	static const char *const words[] = { "Родник", "Ихлас", "Доброе дело", "Мәрхәмәт", "Шатлыҡ", "Түңәрәк", "Надежда", "Аҡ тирмә", "Исток", "Йәшлек",
		"Ҡанат", "Ветеран", "Һаулыҡ", "Рябинушка", "Тыуған яҡ", "Ағинәй", "Берҙәмлек", "Дорогою добра", "Умырзая", "Өмөт", "Мама рядом",
		"Яңы һулыш", "Краеведы", "Зелёный берег", NULL };
	static const char *const streets[] = { "Дружба", "Центральный", "Заречье", "Молодёжный", "Түбәнге оҫ", "Нагорный", NULL };

	if (example_chance(r, 30))
		buf_addf(out, "ТОС «%s» (%s)", example_choice(r, streets), place);
	else
		buf_addf(out, "%s «%s» (%s)", example_choice(r, forms), example_choice(r, words), place);
}
