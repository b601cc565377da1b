package io.github.defenderreactive.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents of the service's shapes, with values of our own making. */
final class Documents {

    static final String ALERT = """
            {
              "id": "da637551227677560813_-961444813",
              "incidentId": 1126093,
              "investigationId": null,
              "severity": "High",
              "status": "New",
              "title": "A \\"quoted\\" file \\\\ path \\/ C:\\\\Windows",
              "description": "Grüße aus München — 日本語 \\ud83d\\ude00 😀 tab\\there",
              "alertCreationTime": "2021-04-29T09:19:27.7363871Z",
              "lastUpdateTime": "2021-04-29T09:20:18Z",
              "score": -12.5e-3,
              "big": 12345678901234567890,
              "threatFamilyName": null,
              "isPup": false,
              "confirmed": true,
              "mitreTechniques": ["T1003.001", "T1105", ""],
              "loggedOnUsers": [ { "accountName": "alex", "domainName": "CORP" }, {}, { "x": [] } ],
              "evidence": [
                {
                  "entityType": "File",
                  "sha1": "ff836cfb1af40252bd2a2ea843032e99a5b262ed",
                  "processId": 4711,
                  "nested": [[1, 2, [3]], [], [[[]]], {"deep": {"deeper": {"deepest": [0, -0, 0.0, 1E+2]}}}],
                  "detectionStatus": "Detected"
                },
                { "entityType": "User", "sha1": null, "userSid": "S-1-5-21-1-2-3-1001" }
              ],
              "unknown\\u0041Name": {"a\\nb": "\\u00e9\\u0001\\ud83d"}
            }
            """;

    private static final String MINIFIED = JsonValue.of(ALERT).json();

    static final String ENVELOPE = "{\"@odata.context\":\"https://api.example/api/$metadata#Alerts\",\"value\":["
            + MINIFIED + "," + ALERT + ",{\"id\":\"second\"},{}],\"@odata.count\":4,"
            + "\"@odata.nextLink\":\"https://api.example/api/alerts?$skip=4\",\"extra\":{\"a\":[1, 2]}}\r\n";

    static final String LINK_FIRST =
            "\t{ \"@odata.nextLink\" : \"/alerts?$skip=2\" , \"@odata.count\": \"2\", \"value\" : [ {\"id\":1} ,\n"
                    + " {\"id\":\"\\u00e4\u00e4\uD83D\uDE00\"} ] } ";

    static final String EMPTY = "{\"value\":[]}";

    static final String NULL_VALUE = "{\"@odata.nextLink\":null,\"value\":null}";

    static final String BARE = "[{\"a\":1},{\"b\":[true,false,null,1.5,-2,\"x\"]}]";

    static final List<String> COLLECTIONS = List.of(ENVELOPE, LINK_FIRST, EMPTY, NULL_VALUE, BARE);

    static final List<String> SCALARS = List.of(
            "0",
            "-1",
            " 1.25 ",
            "\"text\"",
            "true",
            "false",
            "null",
            "[]",
            "{}",
            "[[],{}]",
            "\"\\u20ac\u20ac\"",
            "1e5");

    private Documents() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
