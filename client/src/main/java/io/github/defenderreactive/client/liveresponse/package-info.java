/** Scripts and files on a device through live response, from the request to the result. */
@NullMarked
package io.github.defenderreactive.client.liveresponse;

import org.jspecify.annotations.NullMarked;
