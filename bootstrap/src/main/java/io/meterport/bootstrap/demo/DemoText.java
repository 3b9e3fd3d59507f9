package io.meterport.bootstrap.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the demonstration prints: things to copy and paste. */
public final class DemoText {
    private DemoText() {}

    /**
     * All of it.
     *
     * @param page where a customer's usage is shown
     * @param url where the server listens
     * @param data the data folder
     * @param token a portal token of the customer shown
     * @param now the time, from which the queries go back
     */
    public static String of(String page, String url, String data, String token, Instant now) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        return """

                Meterport is running, with seven weeks of events of %s, and more every second.

                  Open %s to see what a customer sees.

                  playground      %s/portal/playground
                  API             %s/api/v1
                  its description %s/api/openapi.yaml
                  data folder     %s
                  admin key       %s/admin-key

                What %s used, day by day, seen with its portal token:

                  curl -sSG %s/api/v1/portal/meters/%s/query \\
                    -H 'Authorization: Bearer %s' \\
                    -d from=%s -d windowSize=DAY -d windowTimeZone=America/New_York

                The same by model, as CSV:

                  curl -sSG %s/api/v1/portal/meters/%s/query \\
                    -H 'Authorization: Bearer %s' -H 'Accept: text/csv' \\
                    -d from=%s -d groupBy=model

                Every customer's prompts today, with the admin key:

                  curl -sSG %s/api/v1/meters/prompts/query \\
                    -H "Authorization: Bearer $(cat '%s/admin-key')" \\
                    -d from=%s -d groupBy=subject

                The portal from JavaScript (npm install @openmeter/sdk):

                  import { OpenMeter } from '@openmeter/sdk/portal';
                  const portal = new OpenMeter({
                    baseUrl: '%s',
                    portalToken: '%s',
                  });
                  console.log(await portal.query('%s', { windowSize: 'DAY' }));

                Stop with Ctrl-C.
                """.formatted(
                        String.join(", ", MadeUpEvents.customers()),
                        page,
                        url,
                        url,
                        url,
                        data,
                        data,
                        MadeUpEvents.SHOWN,
                        url,
                        DemoMeters.SHOWN,
                        token,
                        today.minus(6, ChronoUnit.DAYS),
                        url,
                        DemoMeters.SHOWN,
                        token,
                        today.minus(6, ChronoUnit.DAYS),
                        url,
                        data,
                        today,
                        url,
                        token,
                        DemoMeters.SHOWN);
    }
}
