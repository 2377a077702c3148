//! Names of services that give out keys. A name that holds one of them says more about its value than `key` alone does.

/// Services whose names mean nothing else, so that they are looked for in a text. In lower case, sorted.
pub(crate) const SERVICES: &[&str] = &[
    "abuseipdb", "accuweather", "adzuna", "aeroworkflow", "ai21", "airbrake", "airvisual", "aiven", "alchemyapi",
    "algolia", "alienvault", "ambee", "amplitude", "anthropic", "anypoint", "api2cart", "apideck", "apiflash",
    "apify", "apilayer", "apimatic", "apimetrics", "apitemplate", "appcues", "appfollow", "appointedd", "appoptics",
    "apptivo", "artifactory", "asana", "assemblyai", "atlassian", "auth0", "authress", "autodesk", "aviationstack",
    "axonaut", "ayrshare", "bannerbear", "baremetrics", "baseten", "beebole", "besttime", "betterstack", "billomat",
    "bitbucket", "bitcoinaverage", "bitfinex", "bitmex", "blablabus", "blazemeter", "blitapp", "blocknative",
    "bombbomb", "boostnote", "borgbase", "braintree", "brandfetch", "browserbase", "browserstack", "browshot",
    "bscscan", "buddyns", "bugherd", "bugsnag", "buildkite", "bulksms", "buttercms", "caflou", "calendarific",
    "calendly", "calorieninja", "campayn", "capsulecrm", "captaindata", "carboninterface", "cashboard", "caspio",
    "censys", "centralstationcrm", "cerebras", "cexio", "chartmogul", "chatfuel", "chatfule", "checio", "checkly",
    "checklyhq", "checkvist", "circleci", "clarifai", "clearbit", "clickhelp", "clicksend", "clicktime", "clickup",
    "clientary", "clinchpad", "clockify", "cloudant", "cloudconvert", "cloudelements", "cloudflare", "cloudimage",
    "cloudinary", "cloudmersive", "cloudplan", "cloudsmith", "cockroachlabs", "codacy", "codeclimate", "codecov",
    "codemagic", "codequiry", "coderabbit", "cohere", "coinapi", "coinbase", "coinlayer", "coinlib", "collect2",
    "commercejs", "companyhub", "contentful", "convertapi", "convertkit", "copyscape", "couchbase", "countrylayer",
    "coveralls", "craftmypdf", "crowdin", "cryptocompare", "currencycloud", "currencyfreaks", "currencylayer",
    "currencyscoop", "currentsapi", "customerio", "d7network", "dailyco", "dandelion", "databox", "databricks",
    "datadog", "datagov", "debounce", "deepai", "deepgram", "deepseek", "delighted", "detectify", "detectlanguage",
    "deviantart", "dfuse", "diffbot", "diggernaut", "digitalocean", "disqus", "docparser", "documo", "docusign",
    "dotdigital", "dronahq", "droneci", "duffel", "dwolla", "dynalist", "dynatrace", "dyspatch", "eagleeyenetworks",
    "easyinsight", "easypost", "ecostruxureit", "edamam", "edenai", "elasticemail", "elevenlabs", "etherscan",
    "ethplorer", "eventbrite", "everhour", "exchangerate", "exchangerateapi", "exchangeratesapi", "extractorapi",
    "facepp", "fastforex", "fastly", "feedier", "fetchrss", "filezilla", "financialmodelingprep", "finnhub",
    "fireworksai", "fixerio", "fleetbase", "flightapi", "flightlabs", "flightstats", "flutterwave", "formbucket",
    "formcraft", "formsite", "foursquare", "freshbooks", "freshdesk", "fullstory", "fusebill", "fxmarket",
    "geckoboard", "geoapify", "geocodify", "geocodio", "geoipifi", "getgeoapi", "getresponse", "getsandbox",
    "glassnode", "gocanvas", "gocardless", "goodday", "graphcms", "graphhopper", "greptile", "groovehq",
    "guardianapi", "gumroad", "gyazo", "happyscribe", "helpcrunch", "helpscout", "hereapi", "heroku", "hiveage",
    "holidayapi", "hubspot", "huggingface", "hybiscus", "hypertrack", "ibmcloud", "iconfinder", "iexapis",
    "iexcloud", "imagekit", "imagga", "infura", "insightly", "instabot", "instamojo", "intercom", "interseller",
    "intra42", "intrinio", "invoiceocean", "ip2location", "ipapi", "ipgeolocation", "ipinfodb", "ipquality",
    "ipstack", "jotform", "jumpcloud", "jupiterone", "kanbantool", "karmacrm", "keenio", "kickbox", "klaviyo",
    "klipfolio", "knapsackpro", "kraken", "kucoin", "languagelayer", "larksuite", "launchdarkly", "leadfeeder",
    "lemlist", "lemonsqueezy", "lendflow", "lessannoyingcrm", "lexigram", "linkpreview", "liveagent", "livestorm",
    "loadmill", "locationiq", "loggly", "loginradius", "logzio", "lokalise", "loyverse", "lunchmoney",
    "macaddressio", "madkudu", "magicbell", "mailboxlayer", "mailchimp", "mailerlite", "mailgun", "mailjet",
    "mailmodo", "mailsac", "mandrill", "mapbox", "mapquest", "marketstack", "mattermost", "mavenlink", "maxmind",
    "meaningcloud", "mediastack", "meistertask", "mesibo", "messagebird", "metaapi", "metrilo", "mindmeister",
    "mistralai", "mixmax", "mixpanel", "mockaroo", "monkeylearn", "moonclerk", "moosend", "moralis", "mrticktock",
    "myfreshworks", "myintervals", "nasdaqdatalink", "nethunt", "netlify", "neutrinoapi", "newrelic", "newsapi",
    "newscatcher", "nexmo", "nftport", "ngrok", "nicereply", "noticeable", "nozbeteams", "numverify", "nutritionix",
    "nylas", "nytimes", "oanda", "okta", "omnisend", "onelogin", "onepagecrm", "onesignal", "onwaterio", "oopspam",
    "openai", "opencagedata", "openrouter", "openuv", "openweather", "openweathermap", "opsgenie", "optimizely",
    "overloop", "owlbot", "packagecloud", "pagarme", "pagerduty", "pandadoc", "pandascore", "paperform", "parsehub",
    "parseur", "partnerstack", "pastebin", "paymongo", "paypal", "paystack", "pdflayer", "pdfshift",
    "peopledatalabs", "pepipost", "perplexity", "photoroom", "pinecone", "pipedream", "pipedrive", "pivotaltracker",
    "pixabay", "planetscale", "planyo", "plivo", "pollsapi", "poloniex", "portainer", "postageapp", "posthog",
    "postmarkapp", "powrbot", "prodpad", "prospectcrm", "protocolsio", "proxycrawl", "pubnub", "pulumi", "purestake",
    "pushbullet", "pyowm", "qualaroo", "qubole", "quickmetrics", "rapidapi", "razorpay", "reachmail",
    "reallysimplesystems", "rebrandly", "rechargepayments", "recruitee", "rentman", "repairshopr", "replicate",
    "requestfinance", "restpack", "retellai", "revampcrm", "ringcentral", "ritekit", "rocketreach", "rockset",
    "roninapp", "route4me", "runrunit", "runscope", "saladcloud", "salesblink", "salescookie", "salesflare",
    "salesforce", "salesmate", "satismeter", "saucelabs", "scaleway", "scalewaykey", "scrapeowl", "scraperapi",
    "scraperbox", "scrapestack", "scrapfly", "scrapingant", "scrapingbee", "screenshotapi", "screenshotlayer",
    "securitytrails", "selectpdf", "sendbird", "sendgrid", "sendinblue", "serphouse", "serpstack", "sherpadesk",
    "shippo", "shodan", "shotstack", "shutterstock", "signalwire", "signaturit", "signupgenius", "sigopt", "simfin",
    "simplesat", "simplynoted", "skrapp", "skrappio", "skybiometry", "smartsheet", "smartystreets", "snipcart",
    "snowflakedb", "snyk", "softlayer", "sonarcloud", "sonarqube", "sourcegraph", "sparkpost", "speechtextai",
    "splunk", "spoonacular", "sportmonks", "squarespace", "sslmate", "stabilityai", "statuscake", "statuspage",
    "statuspal", "stitchdata", "stockdata", "storecove", "stormboard", "stormglass", "storyblok", "strava", "stripo",
    "stytch", "sugester", "sumologic", "supabase", "supernotes", "surveyanyplace", "surveybot", "surveysparrow",
    "survicate", "swiftype", "tailscale", "tallyfy", "tatumio", "taxjar", "teamgate", "teamworkcrm", "teamworkdesk",
    "teamworkspaces", "technicalanalysisapi", "tefter", "teletype", "telnyx", "testingbot", "text2data", "textmagic",
    "theoddsapi", "thinkific", "thousandeyes", "ticketmaster", "tickettailor", "tiingo", "timecamp", "timezoneapi",
    "tmetric", "todoist", "toggltrack", "tomorrowio", "tomtom", "tradier", "transferwise", "travelpayouts",
    "travisci", "trello", "twelvedata", "twilio", "tyntec", "typeform", "ubidots", "uclassify", "unifyid", "unplugg",
    "unsplash", "upcdatabase", "uplead", "uploadcare", "uptimerobot", "upwave", "urlscan", "userflow", "userstack",
    "vatlayer", "vbout", "verimail", "veriphone", "versioneye", "viewneo", "virustotal", "visualcrossing",
    "voiceflow", "voicegain", "voodoosms", "vpnapi", "vultr", "wakatime", "walkscore", "wandb", "weatherbit",
    "weatherstack", "web3storage", "webflow", "webscraper", "webscraping", "weightsandbiases", "whoxy", "wistia",
    "worksnaps", "worldcoinindex", "worldweather", "wpengine", "youneedabudget", "yousign", "zendesk", "zenkit",
    "zenrows", "zenscrape", "zenserp", "zeplin", "zerobounce", "zerotier", "zipapi", "zipbooks", "zipcodeapi",
    "zipcodebase", "zonka", "zonkafeedback", "zulipchat",
];

/// Services whose names are words as well, or stand in every text: read in a name only. In lower case, sorted.
pub(crate) const SERVICES_IN_NAMES: &[&str] = &[
    "airtable", "aws", "azure", "bitly", "box", "canva", "clay", "clerk", "clou", "cohere", "coinbase", "column",
    "confluence", "copper", "courier", "discord", "docker", "drone", "dropbox", "etsy", "facebook", "figma",
    "fireworks", "flickr", "front", "gcp", "github", "gitlab", "google", "grafana", "groq", "honeycomb", "ibm",
    "instagram", "jira", "kraken", "linear", "linkedin", "lob", "miro", "mistral", "monday", "mongodb", "mux",
    "mysql", "neon", "notion", "npm", "nvidia", "okta", "oracle", "owm", "pd", "plaid", "podio", "polygon",
    "postgres", "pusher", "pypi", "qase", "railway", "ramp", "raven", "redis", "render", "resend", "rev", "runway",
    "sanity", "scale", "segment", "sentry", "shopify", "sl", "slack", "spotify", "square", "stripe", "surge",
    "telegram", "together", "turso", "twitch", "twitter", "upstash", "vault", "vercel", "wit", "wrike", "yelp",
    "youtube", "zapier", "zoom",
];

/// True for a word of a name that is, or begins with, the name of a service.
pub(crate) fn is_service(word: &str) -> bool {
    if !begins_with_service(word) {
        return false;
    }
    SERVICES.binary_search(&word).is_ok()
        || SERVICES_IN_NAMES.binary_search(&word).is_ok()
        || word.len() > 5
            && SERVICES[..SERVICES.partition_point(|service| *service <= word)]
                .iter()
                .rev()
                .take(3)
                .any(|service| service.len() >= 5 && word.starts_with(service))
}

/// Whether a name may begin with the name of a service: tells most names without reading them word by word.
pub(crate) fn begins_with_service(name: &str) -> bool {
    static FIRST_TWO: std::sync::LazyLock<[[bool; 26]; 26]> = std::sync::LazyLock::new(|| {
        let mut first_two = [[false; 26]; 26];
        for service in SERVICES.iter().chain(SERVICES_IN_NAMES) {
            if let [first @ b'a'..=b'z', second, ..] = service.as_bytes() {
                let row = &mut first_two[usize::from(first - b'a')];
                match second {
                    b'a'..=b'z' => row[usize::from(second - b'a')] = true,
                    _ => row.fill(true),
                }
            }
        }
        first_two
    });
    let mut letters = name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    match (letters.next(), letters.next()) {
        (Some(first @ b'a'..=b'z'), Some(second @ b'a'..=b'z')) => {
            FIRST_TWO[usize::from(first - b'a')][usize::from(second - b'a')]
        }
        (Some(b'0'..=b'9' | b'a'..=b'z'), Some(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(SERVICES.is_sorted() && SERVICES_IN_NAMES.is_sorted());
        assert!(is_service("heroku") && is_service("lob") && is_service("herokuapp") && !is_service("here"));
    }
}
