// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "check/lexicon.h"

#include <algorithm>
#include <array>

namespace check::lexicon {

namespace {

using namespace std::string_view_literals;

struct Pair
{
    std::string_view word;
    std::string_view other;
};

// Every table is sorted: looked up by halving. clang-format would put one word on each line.
// clang-format off

constexpr std::array pureVerbs{
    "accept"sv, "activate"sv, "add"sv, "admit"sv, "approve"sv, "arm"sv, "arrive"sv, "assign"sv,
    "attach"sv, "authenticate"sv, "authorise"sv, "authorize"sv, "begin"sv, "bind"sv, "bring"sv,
    "browse"sv, "buy"sv, "calculate"sv, "cancel"sv, "choose"sv, "collapse"sv, "collect"sv, "complete"sv,
    "configure"sv, "confirm"sv, "connect"sv, "create"sv, "deactivate"sv, "decline"sv, "defer"sv,
    "delete"sv, "deliver"sv, "deny"sv, "deselect"sv, "destroy"sv, "detect"sv, "disable"sv, "disarm"sv,
    "disconnect"sv, "dismiss"sv, "dispatch"sv, "do"sv, "dock"sv, "earn"sv, "eat"sv, "enable"sv,
    "encounter"sv, "enqueue"sv, "enroll"sv, "enter"sv, "establish"sv, "execute"sv, "expand"sv,
    "expire"sv, "fail"sv, "feel"sv, "fetch"sv, "find"sv, "finish"sv, "foresee"sv, "foretell"sv,
    "forget"sv, "freeze"sv, "fulfil"sv, "generate"sv, "get"sv, "give"sv, "go"sv, "grab"sv, "grow"sv,
    "hang"sv, "hear"sv, "hide"sv, "identify"sv, "implement"sv, "infer"sv, "ingest"sv, "initialize"sv,
    "initiate"sv, "insert"sv, "invalidate"sv, "join"sv, "keep"sv, "know"sv, "lend"sv, "lose"sv, "make"sv,
    "maximize"sv, "meet"sv, "merge"sv, "minimize"sv, "modify"sv, "mute"sv, "navigate"sv, "notify"sv,
    "obtain"sv, "occur"sv, "offboard"sv, "omit"sv, "onboard"sv, "opt"sv, "optimize"sv, "overtake"sv,
    "pay"sv, "perform"sv, "permit"sv, "populate"sv, "prefer"sv, "prepare"sv, "prove"sv, "provide"sv,
    "publish"sv, "reach"sv, "reactivate"sv, "reassign"sv, "rebook"sv, "rebuild"sv, "receive"sv,
    "recharge"sv, "reconnect"sv, "recover"sv, "redeem"sv, "redo"sv, "reenter"sv, "refer"sv, "refuel"sv,
    "register"sv, "reject"sv, "reload"sv, "remove"sv, "rename"sv, "render"sv, "renew"sv, "reopen"sv,
    "repay"sv, "replace"sv, "reschedule"sv, "resell"sv, "resend"sv, "resize"sv, "resolve"sv, "restart"sv,
    "restore"sv, "resubmit"sv, "retrieve"sv, "reveal"sv, "revoke"sv, "rewind"sv, "rewrite"sv, "say"sv,
    "see"sv, "seek"sv, "select"sv, "sell"sv, "send"sv, "settle"sv, "shoot"sv, "sign"sv, "sing"sv,
    "sit"sv, "sort"sv, "speak"sv, "spend"sv, "start"sv, "steal"sv, "stop"sv, "submit"sv, "subscribe"sv,
    "succeed"sv, "suspend"sv, "swap"sv, "sync"sv, "synchronize"sv, "take"sv, "teach"sv, "tell"sv,
    "terminate"sv, "think"sv, "throw"sv, "transmit"sv, "trim"sv, "unassign"sv, "unbind"sv, "unblock"sv,
    "unbox"sv, "undergo"sv, "understand"sv, "undertake"sv, "undo"sv, "undock"sv, "unflag"sv,
    "unfollow"sv, "unfreeze"sv, "uninstall"sv, "unlink"sv, "unlock"sv, "unmute"sv, "unpause"sv,
    "unpin"sv, "unplug"sv, "unselect"sv, "unsubscribe"sv, "unwind"sv, "unwrap"sv, "unzip"sv, "uphold"sv,
    "validate"sv, "verify"sv, "win"sv, "withdraw"sv, "withhold"sv, "write"sv, "zoom"sv};
static_assert(std::ranges::is_sorted(pureVerbs));

constexpr std::array bothVerbs{
    "archive"sv, "block"sv, "broadcast"sv, "capture"sv, "clear"sv, "click"sv, "close"sv, "cut"sv,
    "download"sv, "drag"sv, "drop"sv, "edit"sv, "exit"sv, "fill"sv, "follow"sv, "hit"sv, "hover"sv,
    "install"sv, "launch"sv, "leave"sv, "load"sv, "lock"sv, "move"sv, "open"sv, "override"sv,
    "overwrite"sv, "park"sv, "pause"sv, "pick"sv, "pin"sv, "play"sv, "press"sv, "print"sv, "put"sv,
    "quit"sv, "read"sv, "reboot"sv, "refresh"sv, "reply"sv, "reset"sv, "resume"sv, "retry"sv, "save"sv,
    "scan"sv, "scroll"sv, "set"sv, "show"sv, "skip"sv, "split"sv, "swipe"sv, "tap"sv, "toggle"sv,
    "unload"sv, "upload"sv, "view"sv, "watch"sv};
static_assert(std::ranges::is_sorted(bothVerbs));

constexpr std::array nounVerbs{
    "access"sv, "answer"sv, "assist"sv, "attempt"sv, "beat"sv, "bite"sv, "blow"sv, "book"sv,
    "bookmark"sv, "break"sv, "build"sv, "call"sv, "catch"sv, "change"sv, "charge"sv, "check"sv,
    "comment"sv, "commit"sv, "compel"sv, "control"sv, "copy"sv, "crash"sv, "delay"sv, "deploy"sv,
    "display"sv, "downgrade"sv, "draw"sv, "drive"sv, "duplicate"sv, "end"sv, "enrol"sv, "escalate"sv,
    "exchange"sv, "expel"sv, "export"sv, "fall"sv, "favorite"sv, "fight"sv, "filter"sv, "flag"sv,
    "fly"sv, "hold"sv, "import"sv, "incur"sv, "invite"sv, "knit"sv, "like"sv, "log"sv, "migrate"sv,
    "mistake"sv, "mount"sv, "notice"sv, "outrun"sv, "pair"sv, "pass"sv, "pledge"sv, "post"sv,
    "preview"sv, "process"sv, "propel"sv, "purchase"sv, "rate"sv, "rebut"sv, "recap"sv, "record"sv,
    "redirect"sv, "refund"sv, "regret"sv, "release"sv, "remap"sv, "remit"sv, "rent"sv, "repel"sv,
    "report"sv, "request"sv, "return"sv, "review"sv, "ride"sv, "rise"sv, "rotate"sv, "sample"sv,
    "schedule"sv, "search"sv, "shake"sv, "share"sv, "ship"sv, "shrug"sv, "sink"sv, "slam"sv, "slap"sv,
    "sleep"sv, "slide"sv, "snooze"sv, "spin"sv, "stream"sv, "strike"sv, "stun"sv, "sweep"sv, "swing"sv,
    "switch"sv, "tear"sv, "touch"sv, "track"sv, "trade"sv, "transfer"sv, "transship"sv, "trigger"sv,
    "try"sv, "turn"sv, "unship"sv, "update"sv, "upgrade"sv, "use"sv, "visit"sv, "vote"sv, "wait"sv,
    "wake"sv, "wear"sv, "work"sv, "wrap"sv, "zap"sv};
static_assert(std::ranges::is_sorted(nounVerbs));

/// Base forms whose past is not -d or -ed, or doubles a letter that the spelling alone does not tell.
constexpr std::array irregularPasts{
    Pair{"admit"sv, "admitted"sv}, Pair{"bag"sv, "bagged"sv}, Pair{"ban"sv, "banned"sv},
    Pair{"beat"sv, "beat"sv}, Pair{"become"sv, "become"sv}, Pair{"beg"sv, "begged"sv},
    Pair{"begin"sv, "begun"sv}, Pair{"bet"sv, "bet"sv}, Pair{"bid"sv, "bid"sv},
    Pair{"bind"sv, "bound"sv}, Pair{"bite"sv, "bitten"sv}, Pair{"blow"sv, "blown"sv},
    Pair{"break"sv, "broken"sv}, Pair{"bring"sv, "brought"sv}, Pair{"broadcast"sv, "broadcast"sv},
    Pair{"build"sv, "built"sv}, Pair{"burst"sv, "burst"sv}, Pair{"buy"sv, "bought"sv},
    Pair{"cancel"sv, "cancelled"sv}, Pair{"cast"sv, "cast"sv}, Pair{"catch"sv, "caught"sv},
    Pair{"chat"sv, "chatted"sv}, Pair{"choose"sv, "chosen"sv}, Pair{"chop"sv, "chopped"sv},
    Pair{"clip"sv, "clipped"sv}, Pair{"commit"sv, "committed"sv}, Pair{"compel"sv, "compelled"sv},
    Pair{"control"sv, "controlled"sv}, Pair{"cost"sv, "cost"sv}, Pair{"crop"sv, "cropped"sv},
    Pair{"cut"sv, "cut"sv}, Pair{"deal"sv, "dealt"sv}, Pair{"defer"sv, "deferred"sv},
    Pair{"dial"sv, "dialled"sv}, Pair{"do"sv, "done"sv}, Pair{"drag"sv, "dragged"sv},
    Pair{"draw"sv, "drawn"sv}, Pair{"drink"sv, "drunk"sv}, Pair{"drive"sv, "driven"sv},
    Pair{"drop"sv, "dropped"sv}, Pair{"eat"sv, "eaten"sv}, Pair{"enrol"sv, "enrolled"sv},
    Pair{"equal"sv, "equalled"sv}, Pair{"expel"sv, "expelled"sv}, Pair{"fall"sv, "fallen"sv},
    Pair{"feed"sv, "fed"sv}, Pair{"feel"sv, "felt"sv}, Pair{"fight"sv, "fought"sv},
    Pair{"find"sv, "found"sv}, Pair{"fit"sv, "fitted"sv}, Pair{"flag"sv, "flagged"sv},
    Pair{"flip"sv, "flipped"sv}, Pair{"fly"sv, "flown"sv}, Pair{"forecast"sv, "forecast"sv},
    Pair{"foresee"sv, "foreseen"sv}, Pair{"foretell"sv, "foretold"sv}, Pair{"forget"sv, "forgotten"sv},
    Pair{"format"sv, "formatted"sv}, Pair{"freeze"sv, "frozen"sv}, Pair{"fulfil"sv, "fulfilled"sv},
    Pair{"get"sv, "gotten"sv}, Pair{"give"sv, "given"sv}, Pair{"go"sv, "gone"sv},
    Pair{"grab"sv, "grabbed"sv}, Pair{"grip"sv, "gripped"sv}, Pair{"grow"sv, "grown"sv},
    Pair{"hang"sv, "hung"sv}, Pair{"hear"sv, "heard"sv}, Pair{"hide"sv, "hidden"sv},
    Pair{"hit"sv, "hit"sv}, Pair{"hold"sv, "held"sv}, Pair{"hop"sv, "hopped"sv},
    Pair{"hurt"sv, "hurt"sv}, Pair{"incur"sv, "incurred"sv}, Pair{"infer"sv, "inferred"sv},
    Pair{"input"sv, "input"sv}, Pair{"jog"sv, "jogged"sv}, Pair{"jot"sv, "jotted"sv},
    Pair{"keep"sv, "kept"sv}, Pair{"knit"sv, "knitted"sv}, Pair{"know"sv, "known"sv},
    Pair{"label"sv, "labelled"sv}, Pair{"lay"sv, "laid"sv}, Pair{"lead"sv, "led"sv},
    Pair{"leave"sv, "left"sv}, Pair{"lend"sv, "lent"sv}, Pair{"let"sv, "let"sv},
    Pair{"level"sv, "levelled"sv}, Pair{"light"sv, "lit"sv}, Pair{"log"sv, "logged"sv},
    Pair{"lose"sv, "lost"sv}, Pair{"make"sv, "made"sv}, Pair{"map"sv, "mapped"sv},
    Pair{"mean"sv, "meant"sv}, Pair{"meet"sv, "met"sv}, Pair{"mistake"sv, "mistaken"sv},
    Pair{"mod"sv, "modded"sv}, Pair{"model"sv, "modelled"sv}, Pair{"nag"sv, "nagged"sv},
    Pair{"nod"sv, "nodded"sv}, Pair{"occur"sv, "occurred"sv}, Pair{"offset"sv, "offset"sv},
    Pair{"omit"sv, "omitted"sv}, Pair{"output"sv, "output"sv}, Pair{"outrun"sv, "outrunned"sv},
    Pair{"override"sv, "overridden"sv}, Pair{"overtake"sv, "overtaken"sv},
    Pair{"overwrite"sv, "overwritten"sv}, Pair{"pad"sv, "padded"sv}, Pair{"panic"sv, "panicked"sv},
    Pair{"pat"sv, "patted"sv}, Pair{"patrol"sv, "patrolled"sv}, Pair{"pay"sv, "paid"sv},
    Pair{"permit"sv, "permitted"sv}, Pair{"pin"sv, "pinned"sv}, Pair{"plan"sv, "planned"sv},
    Pair{"plot"sv, "plotted"sv}, Pair{"plug"sv, "plugged"sv}, Pair{"pop"sv, "popped"sv},
    Pair{"prefer"sv, "preferred"sv}, Pair{"preset"sv, "preset"sv}, Pair{"prop"sv, "propped"sv},
    Pair{"propel"sv, "propelled"sv}, Pair{"prove"sv, "proven"sv}, Pair{"put"sv, "put"sv},
    Pair{"quit"sv, "quit"sv}, Pair{"quiz"sv, "quizzed"sv}, Pair{"read"sv, "read"sv},
    Pair{"rebuild"sv, "rebuilt"sv}, Pair{"rebut"sv, "rebutted"sv}, Pair{"recap"sv, "recapped"sv},
    Pair{"recast"sv, "recast"sv}, Pair{"redo"sv, "redone"sv}, Pair{"refer"sv, "referred"sv},
    Pair{"regret"sv, "regretted"sv}, Pair{"remap"sv, "remapped"sv}, Pair{"remit"sv, "remitted"sv},
    Pair{"repay"sv, "repaid"sv}, Pair{"repel"sv, "repelled"sv}, Pair{"reread"sv, "reread"sv},
    Pair{"rerun"sv, "rerun"sv}, Pair{"resell"sv, "resold"sv}, Pair{"resend"sv, "resent"sv},
    Pair{"reset"sv, "reset"sv}, Pair{"resubmit"sv, "resubmitted"sv}, Pair{"rewind"sv, "rewound"sv},
    Pair{"rewrite"sv, "rewritten"sv}, Pair{"ride"sv, "ridden"sv}, Pair{"ring"sv, "rung"sv},
    Pair{"rip"sv, "ripped"sv}, Pair{"rise"sv, "risen"sv}, Pair{"rob"sv, "robbed"sv},
    Pair{"rub"sv, "rubbed"sv}, Pair{"run"sv, "run"sv}, Pair{"sag"sv, "sagged"sv},
    Pair{"say"sv, "said"sv}, Pair{"scan"sv, "scanned"sv}, Pair{"see"sv, "seen"sv},
    Pair{"seek"sv, "sought"sv}, Pair{"sell"sv, "sold"sv}, Pair{"send"sv, "sent"sv},
    Pair{"set"sv, "set"sv}, Pair{"shake"sv, "shaken"sv}, Pair{"shed"sv, "shed"sv},
    Pair{"ship"sv, "shipped"sv}, Pair{"shoot"sv, "shot"sv}, Pair{"shop"sv, "shopped"sv},
    Pair{"show"sv, "shown"sv}, Pair{"shrug"sv, "shrugged"sv}, Pair{"shut"sv, "shut"sv},
    Pair{"signal"sv, "signalled"sv}, Pair{"sing"sv, "sung"sv}, Pair{"sink"sv, "sunk"sv},
    Pair{"sip"sv, "sipped"sv}, Pair{"sit"sv, "sat"sv}, Pair{"skip"sv, "skipped"sv},
    Pair{"slam"sv, "slammed"sv}, Pair{"slap"sv, "slapped"sv}, Pair{"sleep"sv, "slept"sv},
    Pair{"slide"sv, "slid"sv}, Pair{"slip"sv, "slipped"sv}, Pair{"snap"sv, "snapped"sv},
    Pair{"sob"sv, "sobbed"sv}, Pair{"spam"sv, "spammed"sv}, Pair{"speak"sv, "spoken"sv},
    Pair{"speed"sv, "sped"sv}, Pair{"spend"sv, "spent"sv}, Pair{"spin"sv, "spun"sv},
    Pair{"split"sv, "split"sv}, Pair{"spot"sv, "spotted"sv}, Pair{"spread"sv, "spread"sv},
    Pair{"stand"sv, "stood"sv}, Pair{"steal"sv, "stolen"sv}, Pair{"stick"sv, "stuck"sv},
    Pair{"stop"sv, "stopped"sv}, Pair{"strike"sv, "struck"sv}, Pair{"strip"sv, "stripped"sv},
    Pair{"stun"sv, "stunned"sv}, Pair{"submit"sv, "submitted"sv}, Pair{"swap"sv, "swapped"sv},
    Pair{"sweep"sv, "swept"sv}, Pair{"swing"sv, "swung"sv}, Pair{"sync"sv, "synced"sv},
    Pair{"tag"sv, "tagged"sv}, Pair{"take"sv, "taken"sv}, Pair{"tap"sv, "tapped"sv},
    Pair{"teach"sv, "taught"sv}, Pair{"tear"sv, "torn"sv}, Pair{"tell"sv, "told"sv},
    Pair{"think"sv, "thought"sv}, Pair{"throw"sv, "thrown"sv}, Pair{"thrust"sv, "thrust"sv},
    Pair{"tip"sv, "tipped"sv}, Pair{"transfer"sv, "transferred"sv}, Pair{"transmit"sv, "transmitted"sv},
    Pair{"transship"sv, "transshipped"sv}, Pair{"trap"sv, "trapped"sv}, Pair{"travel"sv, "travelled"sv},
    Pair{"trim"sv, "trimmed"sv}, Pair{"typeset"sv, "typeset"sv}, Pair{"unbind"sv, "unbound"sv},
    Pair{"undergo"sv, "undergone"sv}, Pair{"understand"sv, "understood"sv},
    Pair{"undertake"sv, "undertaken"sv}, Pair{"undo"sv, "undone"sv}, Pair{"unflag"sv, "unflagged"sv},
    Pair{"unfreeze"sv, "unfrozen"sv}, Pair{"unpin"sv, "unpinned"sv}, Pair{"unplug"sv, "unplugged"sv},
    Pair{"unset"sv, "unset"sv}, Pair{"unship"sv, "unshipped"sv}, Pair{"unwind"sv, "unwound"sv},
    Pair{"unwrap"sv, "unwrapped"sv}, Pair{"unzip"sv, "unzipped"sv}, Pair{"uphold"sv, "upheld"sv},
    Pair{"upset"sv, "upset"sv}, Pair{"wake"sv, "woken"sv}, Pair{"wear"sv, "worn"sv},
    Pair{"win"sv, "won"sv}, Pair{"wind"sv, "wound"sv}, Pair{"withdraw"sv, "withdrawn"sv},
    Pair{"withhold"sv, "withheld"sv}, Pair{"wrap"sv, "wrapped"sv}, Pair{"write"sv, "written"sv},
    Pair{"zap"sv, "zapped"sv}, Pair{"zip"sv, "zipped"sv}};
static_assert(std::ranges::is_sorted(irregularPasts, {}, &Pair::word));

/// Pasts and participles that do not end in -ed, or that -eed would hide.
constexpr std::array irregularForms{
    "agreed"sv, "ate"sv, "beat"sv, "became"sv, "become"sv, "began"sv, "begun"sv, "bent"sv, "bet"sv,
    "bid"sv, "bidden"sv, "bitten"sv, "bled"sv, "blew"sv, "blown"sv, "bore"sv, "born"sv, "borne"sv,
    "bought"sv, "bound"sv, "bred"sv, "broadcast"sv, "broke"sv, "broken"sv, "brought"sv, "built"sv,
    "burnt"sv, "burst"sv, "came"sv, "cast"sv, "caught"sv, "chose"sv, "chosen"sv, "clung"sv, "cost"sv,
    "crept"sv, "cross-sold"sv, "cut"sv, "dealt"sv, "decreed"sv, "did"sv, "disagreed"sv, "done"sv,
    "drank"sv, "drawn"sv, "dreamt"sv, "drew"sv, "driven"sv, "drove"sv, "drunk"sv, "dug"sv, "eaten"sv,
    "fallen"sv, "fed"sv, "fell"sv, "felt"sv, "fled"sv, "flew"sv, "flown"sv, "flung"sv, "forbidden"sv,
    "forecast"sv, "foreseen"sv, "foretold"sv, "forgave"sv, "forgiven"sv, "forgot"sv, "forgotten"sv,
    "fought"sv, "found"sv, "freed"sv, "froze"sv, "frozen"sv, "gave"sv, "given"sv, "gone"sv, "got"sv,
    "gotten"sv, "grew"sv, "grown"sv, "guaranteed"sv, "heard"sv, "held"sv, "hewn"sv, "hid"sv, "hidden"sv,
    "hit"sv, "hung"sv, "hurt"sv, "input"sv, "kept"sv, "knelt"sv, "knew"sv, "known"sv, "laid"sv,
    "leapt"sv, "learnt"sv, "led"sv, "left"sv, "lent"sv, "let"sv, "lit"sv, "lost"sv, "made"sv, "meant"sv,
    "met"sv, "mistaken"sv, "mistook"sv, "mown"sv, "offset"sv, "outgrown"sv, "output"sv, "overcame"sv,
    "overcome"sv, "overdrawn"sv, "overpaid"sv, "overridden"sv, "overrode"sv, "overtaken"sv, "overtook"sv,
    "overwritten"sv, "overwrote"sv, "paid"sv, "prepaid"sv, "preset"sv, "proven"sv, "put"sv, "quit"sv,
    "ran"sv, "rang"sv, "read"sv, "rebound"sv, "rebuilt"sv, "recast"sv, "redone"sv, "redrawn"sv,
    "redrew"sv, "refereed"sv, "repaid"sv, "reread"sv, "rerun"sv, "resent"sv, "reset"sv, "resold"sv,
    "rewound"sv, "rewritten"sv, "rewrote"sv, "ridden"sv, "risen"sv, "rode"sv, "rose"sv, "run"sv,
    "rung"sv, "said"sv, "sang"sv, "sank"sv, "sat"sv, "saw"sv, "sawn"sv, "seen"sv, "sent"sv, "set"sv,
    "sewn"sv, "shaken"sv, "shed"sv, "shook"sv, "shot"sv, "shown"sv, "shrunk"sv, "shut"sv, "slept"sv,
    "slid"sv, "slung"sv, "smelt"sv, "sold"sv, "sought"sv, "sown"sv, "sped"sv, "spelt"sv, "spent"sv,
    "spilt"sv, "split"sv, "spoilt"sv, "spoke"sv, "spoken"sv, "sprang"sv, "spread"sv, "sprung"sv,
    "spun"sv, "stole"sv, "stolen"sv, "stood"sv, "strewn"sv, "stricken"sv, "striven"sv, "struck"sv,
    "strung"sv, "stuck"sv, "stung"sv, "sung"sv, "sunk"sv, "swam"sv, "swept"sv, "swollen"sv, "swore"sv,
    "sworn"sv, "swum"sv, "swung"sv, "taken"sv, "taught"sv, "thought"sv, "threw"sv, "thriven"sv,
    "thrown"sv, "thrust"sv, "told"sv, "took"sv, "tore"sv, "torn"sv, "trod"sv, "trodden"sv, "typeset"sv,
    "unbound"sv, "undergone"sv, "understood"sv, "undertaken"sv, "undertook"sv, "undone"sv, "unfrozen"sv,
    "unset"sv, "unwound"sv, "upheld"sv, "upset"sv, "upsold"sv, "went"sv, "wept"sv, "withdrawn"sv,
    "withdrew"sv, "withheld"sv, "woke"sv, "woken"sv, "won"sv, "wore"sv, "worn"sv, "wound"sv, "written"sv,
    "wrote"sv, "wrung"sv};
static_assert(std::ranges::is_sorted(irregularForms));

constexpr std::array notPasts{
    "bed"sv, "beloved"sv, "biped"sv, "embed"sv, "hundred"sv, "infrared"sv, "kindred"sv, "med"sv,
    "moped"sv, "naked"sv, "red"sv, "rugged"sv, "sacred"sv, "shed"sv, "sled"sv, "ted"sv, "unembed"sv,
    "watershed"sv, "wed"sv, "wicked"sv, "zed"sv};
static_assert(std::ranges::is_sorted(notPasts));

constexpr std::array gerundNouns{
    "advertising"sv, "banking"sv, "being"sv, "billing"sv, "blessing"sv, "booking"sv, "branding"sv,
    "briefing"sv, "building"sv, "ceiling"sv, "clothing"sv, "coaching"sv, "coding"sv, "craving"sv,
    "crossing"sv, "dining"sv, "drawing"sv, "dwelling"sv, "earning"sv, "ending"sv, "engineering"sv,
    "evening"sv, "farming"sv, "finding"sv, "funding"sv, "gaming"sv, "greeting"sv, "heading"sv,
    "hearing"sv, "hosting"sv, "housing"sv, "landing"sv, "learning"sv, "listing"sv, "living"sv,
    "lodging"sv, "marketing"sv, "meaning"sv, "meeting"sv, "morning"sv, "offering"sv, "onboarding"sv,
    "opening"sv, "outing"sv, "packaging"sv, "painting"sv, "parking"sv, "planning"sv, "plumbing"sv,
    "pricing"sv, "printing"sv, "rating"sv, "reading"sv, "recording"sv, "routing"sv, "saving"sv,
    "screening"sv, "seating"sv, "setting"sv, "shipping"sv, "shopping"sv, "sibling"sv, "siding"sv,
    "spelling"sv, "spending"sv, "staging"sv, "standing"sv, "streaming"sv, "styling"sv, "suffering"sv,
    "swimming"sv, "targeting"sv, "teaching"sv, "testing"sv, "ticketing"sv, "timing"sv, "tracking"sv,
    "trading"sv, "training"sv, "upbringing"sv, "vending"sv, "warning"sv, "wedding"sv, "wellbeing"sv,
    "wording"sv, "working"sv, "writing"sv, "yearling"sv};
static_assert(std::ranges::is_sorted(gerundNouns));

constexpr std::array notGerunds{
    "anything"sv, "bling"sv, "ceiling"sv, "during"sv, "earring"sv, "evening"sv, "everything"sv, "king"sv,
    "morning"sv, "nothing"sv, "ping"sv, "pudding"sv, "ring"sv, "sibling"sv, "sing"sv, "sling"sv,
    "something"sv, "spring"sv, "sterling"sv, "sting"sv, "string"sv, "swing"sv, "thing"sv, "viking"sv,
    "wing"sv};
static_assert(std::ranges::is_sorted(notGerunds));

constexpr std::array participleAdjectives{
    "advanced"sv, "assorted"sv, "belated"sv, "complicated"sv, "crowded"sv, "dedicated"sv, "detailed"sv,
    "experienced"sv, "featured"sv, "fixed"sv, "gifted"sv, "hundred"sv, "interested"sv, "limited"sv,
    "mixed"sv, "nested"sv, "noted"sv, "pointed"sv, "related"sv, "retired"sv, "rugged"sv, "skilled"sv,
    "sophisticated"sv, "suggested"sv, "talented"sv, "tired"sv, "unexpected"sv, "united"sv, "unlimited"sv,
    "unplanned"sv, "unused"sv, "used"sv};
static_assert(std::ranges::is_sorted(participleAdjectives));

constexpr std::array particles{
    "aside"sv, "away"sv, "back"sv, "down"sv, "in"sv, "off"sv, "on"sv, "out"sv, "over"sv, "through"sv,
    "up"sv};
static_assert(std::ranges::is_sorted(particles));

constexpr std::array prepositions{
    "after"sv, "against"sv, "as"sv, "at"sv, "because"sv, "before"sv, "between"sv, "by"sv, "during"sv,
    "for"sv, "from"sv, "in"sv, "into"sv, "of"sv, "on"sv, "onto"sv, "per"sv, "since"sv, "than"sv,
    "through"sv, "to"sv, "toward"sv, "under"sv, "until"sv, "via"sv, "when"sv, "while"sv, "with"sv,
    "within"sv, "without"sv};
static_assert(std::ranges::is_sorted(prepositions));

constexpr std::array outcomes{
    Pair{"activation"sv, "activated"sv}, Pair{"approval"sv, "approved"sv},
    Pair{"arrival"sv, "arrived"sv}, Pair{"cancellation"sv, "cancelled"sv},
    Pair{"completion"sv, "completed"sv}, Pair{"creation"sv, "created"sv},
    Pair{"deletion"sv, "deleted"sv}, Pair{"dismissal"sv, "dismissed"sv}, Pair{"error"sv, "failed"sv},
    Pair{"failure"sv, "failed"sv}, Pair{"impression"sv, "viewed"sv},
    Pair{"installation"sv, "installed"sv}, Pair{"login"sv, "logged in"sv},
    Pair{"logoff"sv, "logged off"sv}, Pair{"logon"sv, "logged on"sv}, Pair{"logout"sv, "logged out"sv},
    Pair{"pickup"sv, "picked up"sv}, Pair{"redemption"sv, "redeemed"sv}, Pair{"removal"sv, "removed"sv},
    Pair{"selection"sv, "selected"sv}, Pair{"signin"sv, "signed in"sv},
    Pair{"signout"sv, "signed out"sv}, Pair{"signup"sv, "signed up"sv},
    Pair{"submission"sv, "submitted"sv}, Pair{"success"sv, "succeeded"sv},
    Pair{"timeout"sv, "timed out"sv}};
static_assert(std::ranges::is_sorted(outcomes, {}, &Pair::word));

// clang-format on

template <std::size_t size>
bool holds(const std::array<std::string_view, size> &words, std::string_view word)
{
    return std::ranges::binary_search(words, word);
}

template <std::size_t size>
std::string_view lookUp(const std::array<Pair, size> &pairs, std::string_view word)
{
    const auto found = std::ranges::lower_bound(pairs, word, {}, &Pair::word);
    return found != pairs.end() && found->word == word ? found->other : std::string_view();
}

bool isVowel(char c)
{
    return "aeiou"sv.find(c) != std::string_view::npos;
}

} // namespace

Verb baseVerb(std::string_view word)
{
    if (holds(pureVerbs, word)) {
        return Verb::Pure;
    }
    if (holds(bothVerbs, word)) {
        return Verb::Both;
    }
    return holds(nounVerbs, word) ? Verb::Noun : Verb::No;
}

bool isPast(std::string_view word)
{
    if (const std::size_t hyphen = word.find('-'); hyphen != std::string_view::npos) {
        // "signed-up" as "signed up"; "re-opened" as "opened".
        return isParticle(word.substr(hyphen + 1)) ? isPast(word.substr(0, hyphen))
                                                   : isPast(word.substr(hyphen + 1));
    }
    if (holds(irregularForms, word)) {
        return true;
    }
    return word.size() > 3 && word.ends_with("ed"sv) && !word.ends_with("eed"sv) && !holds(notPasts, word);
}

bool isPastLikeBase(std::string_view word)
{
    return lookUp(irregularPasts, word) == word && !word.empty();
}

bool isGerund(std::string_view word)
{
    return word.size() > 4 && word.ends_with("ing"sv) && !holds(notGerunds, word);
}

bool isGerundNoun(std::string_view word)
{
    return holds(gerundNouns, word);
}
bool isParticipleAdjective(std::string_view word)
{
    return holds(participleAdjectives, word);
}
bool isParticle(std::string_view word)
{
    return holds(particles, word);
}
bool isPreposition(std::string_view word)
{
    return holds(prepositions, word);
}
bool isArticle(std::string_view word)
{
    return word == "a"sv || word == "an"sv || word == "the"sv;
}

std::string pastOf(std::string_view base)
{
    if (const std::string_view irregular = lookUp(irregularPasts, base); !irregular.empty()) {
        return std::string(irregular);
    }
    std::string past(base);
    if (base.ends_with('e')) {
        return past + 'd';
    }
    if (base.size() > 1 && base.ends_with('y') && !isVowel(base[base.size() - 2])) {
        past.back() = 'i';
    }
    return past + "ed";
}

std::string_view outcome(std::string_view word)
{
    return lookUp(outcomes, word);
}

} // namespace check::lexicon
