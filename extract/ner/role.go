package ner

// role says what a word does around and inside names.
type role uint64

const (
	function role = 1 << iota
	honorific
	rank
	particle
	ordinal
	postname
	speech
	counterpart
	governing
	anaphoric
	titleAdjective
	commonAdjective
	given     // a given name
	family    // a family or later name
	prominent // a family name that stands alone in the news
	ordinary  // a name that is also an ordinary word

	// parts of particles
	leading
	inner
	binding
	dangling

	feminine // adjective whose ending does not show that it is feminine
	telling  // a verb, though also a noun, that tells of an indefinite event before it
	epithet  // stands behind the name of a place and belongs to it

	ministerial     // its complement is often a list (وزارة الصحة والحماية الاجتماعية)
	properAdjective // makes a proper name of a weak head (القوات المسلحة)
	memorial        // heads bodies and places that are called after persons
	royal           // a bare title that may stand between an office and the name
	locative        // asks for a place, or stands before one (قرب, وسط)
	toward          // asks for a place or a country (إلى, دولة)
	witness         // a verb whose subject is where something goes on (شهدت الرباط)
	occasional      // a definite participle that says of an event when or where it is held, not which it is (المنعقدة)
	announcing      // behind it stands a person (برئاسة، بمعية)
	organ           // heads bodies of which a state has one, whose nationality is that of who serves there
	urban           // a noun whose complement is a city (شوارع)
	grade           // goes on with a rank (الفريق أول ركن)
	holding         // stands between a person and the office he holds (X هو، X منصب)
	former          // says of the holder, not of the body, that he is so no longer
)

var roleNames = map[string]role{
	"function": function, "honorific": honorific, "rank": rank, "particle": particle,
	"ordinal": ordinal, "postname": postname, "speech": speech, "counterpart": counterpart,
	"governing": governing, "anaphoric": anaphoric,
	"opening": leading, "inner": inner, "binding": binding, "dangling": dangling,
	"telling": telling, "epithet": epithet, "feminine": feminine,
	"ministerial": ministerial, "proper-adjective": properAdjective, "memorial": memorial, "royal": royal,
	"locative": locative, "toward": toward, "urban": urban, "witness": witness, "occasional": occasional,
	"grade": grade, "organ": organ, "announcing": announcing, "holding": holding, "former": former,
	"title-adjective": titleAdjective, "common-adjective": commonAdjective,
}
